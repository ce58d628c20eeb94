//! Events, queue messages and the functions that work through them.
