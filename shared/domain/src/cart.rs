//! Carts.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::MAX_LINES;
use crate::ids::{CartId, ProductId};
use crate::quantity::Quantity;
use crate::sku::Sku;

/// One SKU in a cart. It has no price: prices are those of the moment somebody looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CartLine {
    /// What is wanted.
    pub sku: Sku,
    /// The product it is a variant of.
    pub product_id: ProductId,
    /// How many.
    pub quantity: Quantity,
}

/// Why a cart could not be changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CartError {
    /// The cart holds [`MAX_LINES`] SKUs already.
    #[error("a cart holds at most {MAX_LINES} different articles: order these first, or take one out")]
    Full,
}

/// What somebody means to buy. Each SKU comes once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cart {
    /// The cart's id, which is all one needs to see and change it.
    pub id: CartId,
    /// What is in it, in the order it was put in.
    pub lines: Vec<CartLine>,
    /// When it is forgotten, if nobody touches it until then.
    pub expires_at: Timestamp,
}

impl Cart {
    /// How long an untouched cart is kept.
    pub const LIFETIME: SignedDuration = SignedDuration::from_hours(30 * 24);

    /// An empty cart.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self { id: CartId::generate(), lines: Vec::new(), expires_at: now + Self::LIFETIME }
    }

    /// Whether the cart has been untouched for too long.
    #[must_use]
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires_at <= now
    }

    /// Sets how many of a SKU are wanted.
    pub fn set(&mut self, line: CartLine, now: Timestamp) -> Result<(), CartError> {
        match self.lines.iter().position(|present| present.sku == line.sku) {
            Some(at) => self.lines[at] = line,
            None if self.lines.len() >= MAX_LINES => return Err(CartError::Full),
            None => self.lines.push(line),
        }
        self.touch(now);
        Ok(())
    }

    /// Takes in the lines of another cart, behind its own: quantities of a SKU add up, to at most [`Quantity::MAX`]. Gives
    /// the lines that found no room.
    pub fn take_in(&mut self, lines: Vec<CartLine>, now: Timestamp) -> Vec<CartLine> {
        let mut left_out = Vec::new();
        for mut line in lines {
            if let Some(present) = self.lines.iter().find(|present| present.sku == line.sku) {
                line.quantity = present.quantity.plus_at_most(line.quantity);
            }
            if self.set(line.clone(), now).is_err() {
                left_out.push(line);
            }
        }
        left_out
    }

    /// Takes a SKU out, and says whether it was there.
    pub fn remove(&mut self, sku: &Sku, now: Timestamp) -> bool {
        let before = self.lines.len();
        self.lines.retain(|line| line.sku != *sku);
        let removed = self.lines.len() < before;
        if removed {
            self.touch(now);
        }
        removed
    }

    fn touch(&mut self, now: Timestamp) {
        self.expires_at = now + Self::LIFETIME;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(sku: &str, quantity: i64) -> CartLine {
        CartLine {
            sku: Sku::parse(sku).unwrap(),
            product_id: ProductId::generate(),
            quantity: Quantity::parse(quantity).unwrap(),
        }
    }

    #[test]
    fn a_sku_comes_once() {
        let now = Timestamp::UNIX_EPOCH;
        let mut cart = Cart::new(now);
        cart.set(line("A", 1), now).unwrap();
        cart.set(line("A", 3), now).unwrap();
        assert_eq!((cart.lines.len(), cart.lines[0].quantity.get()), (1, 3));
        assert!(!cart.remove(&Sku::parse("B").unwrap(), now));
        assert!(cart.remove(&Sku::parse("A").unwrap(), now));
        assert!(cart.lines.is_empty());
    }

    #[test]
    fn a_full_cart_takes_no_other_sku_but_changes_those_it_has() {
        let now = Timestamp::UNIX_EPOCH;
        let mut cart = Cart::new(now);
        for n in 0..MAX_LINES {
            cart.set(line(&format!("S{n}"), 1), now).unwrap();
        }
        assert_eq!(cart.set(line("ONE-MORE", 1), now), Err(CartError::Full));
        cart.set(line("S0", 2), now).unwrap();
    }

    #[test]
    fn quantities_of_two_carts_add_up() {
        let now = Timestamp::UNIX_EPOCH;
        let mut cart = Cart::new(now);
        cart.set(line("A", 2), now).unwrap();
        cart.set(line("B", i64::from(Quantity::MAX)), now).unwrap();
        let left_out = cart.take_in(vec![line("B", 1), line("A", 3), line("C", 1)], now);
        assert_eq!(left_out, []);
        let lines: Vec<_> = cart.lines.iter().map(|line| (line.sku.as_str(), line.quantity.get())).collect();
        assert_eq!(lines, [("A", 5), ("B", Quantity::MAX), ("C", 1)]);
    }

    #[test]
    fn what_a_full_cart_has_no_room_for_is_given_back() {
        let now = Timestamp::UNIX_EPOCH;
        let mut cart = Cart::new(now);
        for n in 1..MAX_LINES {
            cart.set(line(&format!("S{n}"), 1), now).unwrap();
        }
        let (fits, too_many) = (line("FITS", 1), line("TOO-MANY", 7));
        let left_out = cart.take_in(vec![fits, too_many.clone(), line("S1", 1)], now);
        assert_eq!(left_out, [too_many]);
        assert_eq!((cart.lines.len(), cart.lines[0].quantity.get()), (MAX_LINES, 2));
    }

    #[test]
    fn a_cart_lives_from_its_last_change() {
        let start = Timestamp::UNIX_EPOCH;
        let mut cart = Cart::new(start);
        let later = start + SignedDuration::from_hours(24);
        cart.set(line("A", 1), later).unwrap();
        assert!(!cart.is_expired(start + Cart::LIFETIME));
        assert!(cart.is_expired(later + Cart::LIFETIME));
    }
}
