//! Uploads bucket: makes a product's picture of a file that a browser put there, or says why not.
//!
//! The bucket may tell of a file twice, and the function may die at any line. Renditions have names that follow from the
//! upload, so that writing them again changes nothing; the product's picture and the upload's end are one transaction;
//! the file goes last.

use aws_lambda_events::event::s3::S3Event;
use domain::product::{Image, ProductFields, Rendition as Shown};
use domain::{ImageId, Product, UploadId};
use images::{Picture, Refusal, Rendition};
use jiff::Timestamp;
use lambda_runtime::{Error, LambdaEvent};
use store::catalog::ProductWriteError;
use store::images::{Upload, UploadState};
use store::{CommitError, Database, Subject, Versioned};
use telemetry::crash;
use tracing::Instrument;

use crate::files::{Media, UPLOADS, Uploads, rendition_key};

/// How often a product is changed anew that somebody else changed at the same time.
const MAX_TRIES: u32 = 8;

/// What the function works with.
#[derive(Debug, Clone)]
pub struct Studio {
    /// Products and uploads.
    pub database: Database,
    /// Where files come from.
    pub uploads: Uploads,
    /// Where pictures go.
    pub media: Media,
}

/// Handles what the bucket tells of.
pub async fn handle(studio: &Studio, event: LambdaEvent<S3Event>) -> Result<(), Error> {
    for record in event.payload.records {
        // Such keys have no characters that the event would have to encode.
        let key = record.s3.object.key.unwrap_or_default();
        let span = tracing::info_span!("upload", key);
        studio.take(&key).instrument(span).await?;
    }
    Ok(())
}

impl Studio {
    /// Takes one file.
    async fn take(&self, key: &str) -> Result<(), Error> {
        let id = key.strip_prefix(UPLOADS).and_then(|id| UploadId::parse(id).ok());
        let Some(upload) = self.waiting(id).await? else {
            // Nobody asked to send it, or it is done with.
            self.uploads.remove(key).await?;
            tracing::info!("nothing to do");
            return Ok(());
        };
        let refusal = match self.uploads.read(key).await {
            _ if upload.value.is_late(Timestamp::now()) => Some(LATE.to_owned()),
            Ok(Err(refusal)) => Some(refusal.to_string()),
            Ok(Ok(bytes)) => self.develop(&upload, bytes).await?,
            // The bucket told of it twice, and the other has just taken the file away.
            Err(_) if self.waiting(id).await?.is_none() => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        if let Some(reason) = refusal {
            tracing::info!(reason, "refused");
            self.database.refuse_upload(&upload, reason).await?;
        }
        crash::point("image-ended", upload.value.id);
        self.uploads.remove(key).await?;
        Ok(())
    }

    async fn waiting(&self, id: Option<UploadId>) -> Result<Option<Versioned<Upload>>, Error> {
        let Some(id) = id else { return Ok(None) };
        let upload = self.database.upload(id).await?;
        Ok(upload.filter(|upload| upload.value.state == UploadState::Waiting))
    }

    /// Makes the product's picture, or says why not.
    async fn develop(&self, upload: &Versioned<Upload>, bytes: Vec<u8>) -> Result<Option<String>, Error> {
        let Upload { id, image_id, product_id, .. } = upload.value;
        // Only what will have a place is worth the work.
        if let Err(reason) = room(self.database.product(product_id).await?.map(|stocked| stocked.product)) {
            return Ok(Some(reason));
        }
        let read = tokio::task::spawn_blocking(move || images::read(&bytes)).await?;
        let picture = match read {
            Ok(picture) => picture,
            Err(refusal) => return Ok(Some(Refusal::to_string(&refusal))),
        };
        let (width, height) = (picture.width(), picture.height());
        let renditions = tokio::task::spawn_blocking(move || Picture::renditions(picture)).await??;
        let image = image(&upload.value, (width, height), &renditions);
        let widths: Vec<_> = renditions.iter().map(|rendition| rendition.width).collect();
        crash::point("image-read", id);
        for rendition in renditions {
            self.media.write(image_id, rendition).await?;
            crash::point("image-rendition-written", id);
        }
        let refused = self.hang(upload, &image).await?;
        if refused.is_some() {
            self.media.remove(image_id, widths).await?;
        } else {
            tracing::info!(product_id = %product_id, image_id = %image_id, width, height, "ready");
        }
        Ok(refused)
    }

    /// Adds the picture to its product and ends the upload, or says why not.
    async fn hang(&self, upload: &Versioned<Upload>, image: &Image) -> Result<Option<String>, Error> {
        let categories = self.database.categories().await?;
        for _ in 0..MAX_TRIES {
            let stocked = self.database.product(upload.value.product_id).await?;
            if stocked.as_ref().is_some_and(|stocked| shows(&stocked.product, upload.value.image_id)) {
                // The bucket told of it twice, and the other was first.
                return Ok(None);
            }
            let version = stocked.as_ref().map(|stocked| stocked.version).unwrap_or_default();
            let product = match room(stocked.map(|stocked| stocked.product)) {
                Ok(fields) => with_image(fields, image)?,
                Err(reason) => return Ok(Some(reason)),
            };
            let edit =
                self.database.begin_product_edit(version, &product, &categories.tree, &upload.value.by).await;
            let mut transaction = match edit {
                Ok(Some(transaction)) => transaction,
                Ok(None) | Err(ProductWriteError::Outdated) => continue,
                Err(ProductWriteError::Store(error)) => return Err(error.into()),
                Err(broken) => return Ok(Some(format!("The product cannot be changed: {broken}."))),
            };
            transaction.end_upload(upload, UploadState::Ready { image: image.clone() })?;
            match transaction.commit().await {
                Ok(()) => return Ok(None),
                Err(refused) if refused.refused(&Subject::Upload) => return Ok(None),
                Err(CommitError::Refused(_)) => {}
                Err(CommitError::Store(error)) => return Err(error.into()),
            }
        }
        Err("the product is being changed by too many at once".into())
    }
}

/// What an editor is told whose file comes after its time.
const LATE: &str = "The file came too late: upload it again.";

fn shows(product: &Product, image: ImageId) -> bool {
    product.fields().images.iter().any(|shown| shown.id == Some(image))
}

/// The product's fields, if it has room for one more picture; why not, if it has not.
fn room(product: Option<Product>) -> Result<ProductFields, String> {
    let product = product.ok_or("The product is not there any more.")?;
    if product.fields().images.len() >= Product::MAX_IMAGES {
        return Err(format!("The product has {} pictures already: remove one first.", Product::MAX_IMAGES));
    }
    Ok(product.into())
}

fn with_image(mut fields: ProductFields, image: &Image) -> Result<Product, domain::product::ProductError> {
    fields.images.push(image.clone());
    fields.updated_at = Timestamp::now();
    Product::new(fields)
}

/// The picture as the product knows it.
fn image(upload: &Upload, (width, height): (u32, u32), renditions: &[Rendition]) -> Image {
    let shown = |rendition: &Rendition| Shown {
        width: rendition.width,
        url: format!("/{}", rendition_key(upload.image_id, rendition.width)),
    };
    let renditions: Vec<_> = renditions.iter().rev().map(shown).collect();
    Image {
        id: Some(upload.image_id),
        url: renditions.last().map(|widest| widest.url.clone()).unwrap_or_default(),
        alt: upload.alt.clone(),
        width: Some(width),
        height: Some(height),
        renditions,
    }
}

#[cfg(test)]
mod tests {
    use domain::{ProductId, Slug};
    use store::audit::Actor;

    use super::*;

    fn upload() -> Upload {
        Upload {
            id: UploadId::generate(),
            image_id: ImageId::generate(),
            product_id: ProductId::generate(),
            alt: "A hook".into(),
            file_name: "hook.png".into(),
            by: Actor::system("test"),
            created_at: Timestamp::UNIX_EPOCH,
            state: UploadState::Waiting,
        }
    }

    #[test]
    fn a_picture_is_shown_at_its_widest_and_offered_in_all_widths() {
        let upload = upload();
        let rendition = |width| Rendition { width, height: width / 2, webp: vec![] };
        let image = image(&upload, (4_000, 2_000), &[rendition(2_000), rendition(640), rendition(320)]);
        assert_eq!(image.url, format!("/media/images/{}/2000.webp", upload.image_id));
        assert_eq!(image.renditions.iter().map(|shown| shown.width).collect::<Vec<_>>(), [320, 640, 2_000]);
        assert_eq!((image.alt.as_str(), image.width, image.height), ("A hook", Some(4_000), Some(2_000)));
    }

    #[test]
    fn a_product_without_room_says_so() {
        assert!(room(None).unwrap_err().contains("not there"));
        let slug = Slug::parse("hook").unwrap();
        let mut fields = ProductFields::named(ProductId::generate(), slug, "Hook", Timestamp::UNIX_EPOCH);
        fields.images =
            (0..Product::MAX_IMAGES).map(|n| Image::plain(format!("/media/{n}"), "A hook")).collect();
        let full = fields.images.len();
        let product = product(fields);
        assert!(room(Some(product)).unwrap_err().contains(&format!("{full} pictures already")));
    }

    fn product(mut fields: ProductFields) -> Product {
        let title = "Garden".into();
        fields.categories = vec![domain::product::Category { slug: Slug::parse("garden").unwrap(), title }];
        fields.variants = vec![domain::Variant {
            sku: domain::Sku::parse("HOOK").unwrap(),
            title: String::new(),
            options: std::collections::BTreeMap::new(),
            price: domain::Money::new(100, domain::Currency::Gbp),
            compare_at_price: None,
        }];
        Product::new(fields).unwrap()
    }
}
