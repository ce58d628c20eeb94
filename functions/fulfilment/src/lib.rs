//! The fulfilment functions.
