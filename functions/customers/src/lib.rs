//! What belongs to whoever is signed in, one file per route: profile, address book, orders, cart and reviews.
