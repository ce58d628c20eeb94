//! An index of one segment as one archive.

use std::io::Read;
use std::path::{Path, PathBuf};

use tantivy::Directory;
use tantivy::directory::RamDirectory;

use crate::error::SearchError;

/// The name in the archive of what goes with the index.
const MANIFEST: &str = "manifest.json";

/// Packs the named files of a directory, and the manifest.
pub(crate) fn pack(
    directory: &RamDirectory,
    files: impl IntoIterator<Item = PathBuf>,
    manifest: &[u8],
) -> Result<Vec<u8>, SearchError> {
    let mut archive = tar::Builder::new(Vec::new());
    let mut add = |path: &Path, bytes: &[u8]| {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, path, bytes)
    };
    add(Path::new(MANIFEST), manifest)?;
    for path in files {
        let bytes = directory.atomic_read(&path).map_err(tantivy::TantivyError::from)?;
        add(&path, &bytes)?;
    }
    Ok(archive.into_inner()?)
}

/// The directory and the manifest of an archive.
pub(crate) fn unpack(archive: &[u8]) -> Result<(RamDirectory, Vec<u8>), SearchError> {
    let directory = RamDirectory::create();
    let mut manifest = None;
    for entry in tar::Archive::new(archive).entries()? {
        let mut entry = entry?;
        let path = entry.path()?.into_owned();
        let mut bytes =
            Vec::with_capacity(usize::try_from(entry.size()).unwrap_or_default().min(archive.len()));
        entry.read_to_end(&mut bytes)?;
        if path == Path::new(MANIFEST) {
            manifest = Some(bytes);
        } else {
            directory.atomic_write(&path, &bytes)?;
        }
    }
    Ok((directory, manifest.ok_or(SearchError::Corrupt("it has no manifest"))?))
}
