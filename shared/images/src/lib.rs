//! Pictures that come from outside: what counts as one, and what the shop makes of it.
//!
//! Only the content decides: the first bytes say what a file claims to be, and a full decode whether it is that. Limits
//! are checked on the header, before room is made for a single pixel. What is kept of a picture are its pixels alone,
//! upright and in sRGB, encoded anew as lossy WebP in several widths: whatever else the file held (a place, a camera's
//! number, a script) has nowhere to go.
//!
//! Everything here is pure: bytes in, bytes out.

mod colour;
mod format;
mod jpeg;
mod read;
mod refusal;
mod rendition;

pub use format::Format;
pub use read::{Picture, read};
pub use refusal::Refusal;
pub use rendition::{EncodeError, Rendition};

/// The most bytes of a file.
pub const MAX_BYTES: u64 = 15 * 1024 * 1024;
/// The most pixels of a picture: what a camera of 40 megapixels takes. Unpacked they take 160 MB of memory, twice that
/// where a channel has 16 bits.
pub const MAX_PIXELS: u64 = 40_000_000;
/// The most pixels along one side.
pub const MAX_SIDE: u32 = 12_000;
/// The most memory that a decoder may take for anything but the pixels, such as a packed colour profile, in bytes.
pub const MAX_EXTRAS: u64 = 16 * 1024 * 1024;
/// The widths that the shop shows a picture in, in pixels. One that is narrower than the widest is shown in its own width
/// too, and in none above it.
pub const WIDTHS: [u32; 4] = [320, 640, 1_280, 2_000];
/// The quality of renditions, from 0 to 100: from here up, files grow faster than an eye can see why.
pub const QUALITY: f32 = 80.0;
