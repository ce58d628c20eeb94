//! Parsing many fields and telling everything that is wrong with them at once.

use std::fmt::Display;

use domain::FieldError;

use crate::problem::{FieldProblem, Problem};

/// Gathers what is wrong with the fields of one request.
#[derive(Debug, Default)]
pub struct Fields(Vec<FieldProblem>);

impl Fields {
    /// The parsed value of the field at `pointer`; where it is bad, notes why.
    pub fn parsed<T, E: Display>(&mut self, pointer: &str, result: Result<T, E>) -> Option<T> {
        result.map_err(|error| self.0.push(FieldProblem::new(pointer, error.to_string()))).ok()
    }

    /// The parsed value of a group of fields below `pointer`; where some are bad, notes why.
    pub fn parsed_group<T>(&mut self, pointer: &str, result: Result<T, Vec<FieldError>>) -> Option<T> {
        let note = |error: FieldError| FieldProblem::new(format!("{pointer}/{}", error.field), error.message);
        result.map_err(|errors| self.0.extend(errors.into_iter().map(note))).ok()
    }

    /// How many bad fields were noted.
    #[must_use]
    pub fn noted(&self) -> usize {
        self.0.len()
    }

    /// The problem, if anything was bad, or one that says so where nothing was noted.
    #[must_use]
    pub fn into_problem(self) -> Problem {
        Problem::invalid(self.0)
    }
}

#[cfg(test)]
mod tests {
    use domain::{CustomerEmail, Quantity};

    use super::*;

    #[test]
    fn all_bad_fields_are_told_at_once() {
        let mut fields = Fields::default();
        assert_eq!(fields.parsed("/quantity", Quantity::parse(2)), Quantity::parse(2).ok());
        assert_eq!(fields.parsed("/quantity", Quantity::parse(0)), None);
        assert_eq!(fields.parsed("/email", CustomerEmail::parse("x")), None);
        let city = FieldError { field: "city", message: "is required".into() };
        assert_eq!(fields.parsed_group::<()>("/shippingAddress", Err(vec![city])), None);
        assert_eq!(fields.noted(), 3);
        let json = serde_json::to_value(fields.into_problem()).unwrap();
        let pointers: Vec<_> =
            json["errors"].as_array().unwrap().iter().map(|e| e["pointer"].clone()).collect();
        assert_eq!(pointers, ["/quantity", "/email", "/shippingAddress/city"]);
    }
}
