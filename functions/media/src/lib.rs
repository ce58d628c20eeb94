//! Files from browsers: pictures of products, taken in and cleared away when nothing shows them any more, and imports of
//! products.

pub mod files;
pub mod process_image;
pub mod run_import;
pub mod sweep_media;
