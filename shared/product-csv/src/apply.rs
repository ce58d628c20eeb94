//! What becomes of a product when a file's rows are applied to it.

use std::collections::BTreeMap;

use domain::product::{Category, ProductFault, ProductFields, ProductOption};
use domain::{Brand, Currency, Product, ProductId, ProductStatus, Sku, Slug, Variant};
use jiff::Timestamp;
use store::catalog::Names;
use store::imports::ImportFault;

use crate::columns::Column;
use crate::price;
use crate::sheet::{Row, SheetProduct};

/// What rows are read against.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The categories and brands there are.
    pub names: &'a Names,
    /// The shop's currency.
    pub currency: Currency,
    /// When the file is applied.
    pub now: Timestamp,
}

/// A product in the making, and what is wrong with its rows.
struct Draft<'a> {
    rows: &'a [Row],
    setting: Setting<'a>,
    faults: Vec<ImportFault>,
}

impl SheetProduct {
    /// The product that these rows make of the one before, or of nothing.
    pub fn apply(&self, before: Option<&Product>, setting: Setting<'_>) -> Result<Product, Vec<ImportFault>> {
        let mut draft = Draft { rows: &self.rows, setting, faults: Vec::new() };
        let mut fields = before.map_or_else(
            || ProductFields {
                status: ProductStatus::Draft,
                ..ProductFields::named(ProductId::generate(), self.slug.clone(), "", setting.now)
            },
            |before| before.fields().clone(),
        );
        draft.read_product(&mut fields);
        draft.read_variants(&mut fields);
        if before.is_none_or(|before| *before.fields() != fields) {
            fields.updated_at = setting.now;
        }
        for fault in fields.faults() {
            draft.blame(&fields, &fault);
        }
        if draft.faults.is_empty() {
            return Product::new(fields).map_err(|error| vec![draft.of_product(error)]);
        }
        Err(draft.faults)
    }
}

impl Draft<'_> {
    fn of_product(&self, message: impl ToString) -> ImportFault {
        let row = self.rows.first().map_or(0, |row| row.number);
        ImportFault { row, column: None, message: message.to_string() }
    }

    /// The value of a cell; what is wrong with it is noted.
    fn parsed<T>(&mut self, row: &Row, column: Column, value: Result<T, impl ToString>) -> Option<T> {
        value.map_err(|message| self.faults.push(row.fault(column, message))).ok()
    }

    fn read_product(&mut self, fields: &mut ProductFields) {
        let Some(row) = self.rows.first() else { return };
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        if let Some(title) = row.cell(Column::Title) {
            title.clone_into(&mut fields.title);
        }
        if let Some(description) = row.cell(Column::Description) {
            description.clone_into(&mut fields.description);
        }
        if let Some(title) = row.cell(Column::SeoTitle) {
            fields.seo.title = given(title);
        }
        if let Some(description) = row.cell(Column::SeoDescription) {
            fields.seo.description = given(description);
        }
        if let Some(name) = row.cell(Column::Status).filter(|name| !name.is_empty()) {
            let status = ProductStatus::parse(name).ok_or("must be draft, active or archived");
            fields.status = self.parsed(row, Column::Status, status).unwrap_or(fields.status);
        }
        if let Some(slug) = row.cell(Column::Brand) {
            let brand = brand(slug, &self.setting.names.brands);
            fields.brand = self.parsed(row, Column::Brand, brand).flatten();
        }
        if let Some(slugs) = row.cell(Column::Categories) {
            let slugs = slugs.split(';').map(str::trim).filter(|slug| !slug.is_empty());
            let categories = slugs.map(|slug| self.category(slug)).collect();
            fields.categories = self.parsed(row, Column::Categories, categories).unwrap_or_default();
        }
    }

    fn category(&self, slug: &str) -> Result<Category, String> {
        let known = Slug::parse(slug).ok().and_then(|slug| self.setting.names.tree.get(&slug));
        known
            .map(|node| Category { slug: node.slug.clone(), title: node.title.clone() })
            .ok_or_else(|| format!("there is no category `{slug}`"))
    }

    fn read_variants(&mut self, fields: &mut ProductFields) {
        for row in self.rows {
            let sku = self.parsed(row, Column::Sku, Sku::parse(row.cell(Column::Sku).unwrap_or_default()));
            let amount = row.cell(Column::Price).unwrap_or_default();
            let amount = self.parsed(row, Column::Price, price::parse(amount, self.setting.currency));
            let (Some(sku), Some(amount)) = (sku, amount) else { continue };
            let known = fields.variants.iter().position(|variant| variant.sku == sku);
            let mut variant = known.and_then(|n| fields.variants.get(n).cloned()).unwrap_or(Variant {
                sku,
                title: String::new(),
                options: BTreeMap::new(),
                price: amount,
                compare_at_price: None,
            });
            variant.price = amount;
            if let Some(title) = row.cell(Column::VariantTitle) {
                title.clone_into(&mut variant.title);
            }
            if let Some(compared) = row.cell(Column::CompareAtPrice) {
                let compared =
                    (!compared.is_empty()).then(|| price::parse(compared, self.setting.currency)).transpose();
                variant.compare_at_price = self.parsed(row, Column::CompareAtPrice, compared).flatten();
            }
            if row.cell(Column::OptionName(0)).is_some() {
                variant.options = self.options(row, &mut fields.options);
            }
            match known.and_then(|n| fields.variants.get_mut(n)) {
                Some(old) => *old = variant,
                None => fields.variants.push(variant),
            }
        }
        // A value that no variant chooses any more is no choice.
        for option in &mut fields.options {
            let chosen =
                |value: &String| fields.variants.iter().any(|v| v.options.get(&option.name) == Some(value));
            option.values.retain(chosen);
        }
        fields.options.retain(|option| !option.values.is_empty());
    }

    /// What a row's variant chooses; names and values that are new become options of the product.
    fn options(&mut self, row: &Row, options: &mut Vec<ProductOption>) -> BTreeMap<String, String> {
        let mut chosen = BTreeMap::new();
        for n in 0..Product::MAX_OPTIONS {
            let name = row.cell(Column::OptionName(n)).unwrap_or_default();
            let value = row.cell(Column::OptionValue(n)).unwrap_or_default();
            if name.is_empty() && value.is_empty() {
                continue;
            }
            if name.is_empty() || value.is_empty() {
                let (column, other) = if name.is_empty() {
                    (Column::OptionName(n), Column::OptionValue(n))
                } else {
                    (Column::OptionValue(n), Column::OptionName(n))
                };
                self.faults
                    .push(row.fault(column, format!("must not be empty where `{}` is not", other.name())));
                continue;
            }
            let known = options.iter().position(|option| option.name == name);
            let option = known.unwrap_or_else(|| {
                options.push(ProductOption { name: name.to_owned(), values: Vec::new() });
                options.len() - 1
            });
            if let Some(option) = options.get_mut(option)
                && !option.values.iter().any(|known| known == value)
            {
                option.values.push(value.to_owned());
            }
            chosen.insert(name.to_owned(), value.to_owned());
        }
        chosen
    }

    /// Notes a rule that the product breaks, at the row and column that break it.
    fn blame(&mut self, fields: &ProductFields, fault: &ProductFault) {
        // Variants that could not be read are told already.
        if fault.pointer == "/variants" && !self.faults.is_empty() {
            return;
        }
        let variant =
            fault.pointer.strip_prefix("/variants/").and_then(|rest| rest.split('/').next()?.parse().ok());
        let sku = variant.and_then(|n: usize| fields.variants.get(n)).map(|variant| variant.sku.as_str());
        let row = sku.and_then(|sku| self.rows.iter().find(|row| row.cell(Column::Sku) == Some(sku)));
        let number = row.or(self.rows.first()).map_or(0, |row| row.number);
        let column = Column::at(&fault.pointer).map(Column::name);
        self.faults.push(ImportFault { row: number, column, message: fault.error.to_string() });
    }
}

fn brand(slug: &str, brands: &BTreeMap<Slug, Brand>) -> Result<Option<Brand>, String> {
    if slug.is_empty() {
        return Ok(None);
    }
    let known = Slug::parse(slug).ok().and_then(|slug| brands.get(&slug).cloned());
    known.map(Some).ok_or_else(|| format!("there is no brand `{slug}`"))
}
