//! Schedule: removes the files of pictures that no product shows, a day after they were dropped.

use domain::product::Image;
use events::{Outcome, Report};
use jiff::Timestamp;
use lambda_runtime::Error;
use store::Database;
use store::images::{ORPHANS_AFTER, OrphansDue};

use crate::files::Media;

/// How many entries are looked at before the next are fetched.
const AT_ONCE: i32 = 25;

/// Looks at all that was written down long enough ago. What cannot be looked at is left for the next time.
pub async fn sweep(database: &Database, media: &Media) -> Result<Report, Error> {
    let before = Timestamp::now() - ORPHANS_AFTER;
    let (mut looked_at, mut removed) = (0, 0);
    loop {
        let due = database.orphans_due(before, AT_ONCE).await?;
        let all = due.len();
        for due in due {
            removed += clear(database, media, &due).await?;
            database.forget_orphans(&due).await?;
            looked_at += 1;
        }
        if all < usize::try_from(AT_ONCE)? {
            break;
        }
    }
    tracing::info!(looked_at, removed, "media swept");
    Ok(Outcome::Done.saying(format!("{looked_at} looked at, {removed} files removed")))
}

/// Removes the pictures that their product does not show, and says how many files that were.
async fn clear(database: &Database, media: &Media, due: &OrphansDue) -> Result<usize, Error> {
    let product = database.product(due.orphans.product_id).await?;
    let shown = product.iter().flat_map(|stocked| &stocked.product.fields().images);
    let shown: Vec<_> = shown.filter_map(|image: &Image| image.id).collect();
    let mut removed = 0;
    for image in due.orphans.images.iter().filter(|image| !shown.contains(image)) {
        removed += media.clear(*image).await?;
    }
    Ok(removed)
}
