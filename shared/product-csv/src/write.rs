//! Products written as rows.

use domain::{Product, Variant};

use crate::columns::Column;
use crate::price;

/// What spreadsheets take for the beginning of a formula (OWASP, *CSV injection*), and the mark that tells them not to.
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', MARK];
const MARK: char = '\'';

/// The first line of a file with all columns, its end included.
#[must_use]
pub fn header() -> String {
    line(Column::all().map(Column::name))
}

/// The lines of one product, a line for each variant.
#[must_use]
pub fn rows(product: &Product) -> String {
    let row = |(n, variant): (usize, &Variant)| {
        let cell = |column: Column| {
            let repeated = n > 0 && column.is_of_product();
            if repeated { String::new() } else { marked(&cell(product, variant, column)) }
        };
        line(Column::all().map(cell))
    };
    product.fields().variants.iter().enumerate().map(row).collect()
}

fn cell(product: &Product, variant: &Variant, column: Column) -> String {
    let fields = product.fields();
    match column {
        Column::Slug => fields.slug.to_string(),
        Column::Title => fields.title.clone(),
        Column::Description => fields.description.clone(),
        Column::Status => fields.status.name().to_owned(),
        Column::Brand => fields.brand.as_ref().map(|brand| brand.slug.to_string()).unwrap_or_default(),
        Column::Categories => {
            let slugs: Vec<_> = fields.categories.iter().map(|category| category.slug.as_str()).collect();
            slugs.join(";")
        }
        Column::SeoTitle => fields.seo.title.clone().unwrap_or_default(),
        Column::SeoDescription => fields.seo.description.clone().unwrap_or_default(),
        Column::Sku => variant.sku.to_string(),
        Column::VariantTitle => variant.title.clone(),
        Column::Price => price::format(variant.price),
        Column::CompareAtPrice => variant.compare_at_price.map(price::format).unwrap_or_default(),
        Column::OptionName(n) => fields.options.get(n).map(|option| option.name.clone()).unwrap_or_default(),
        Column::OptionValue(n) => fields
            .options
            .get(n)
            .and_then(|option| variant.options.get(&option.name))
            .cloned()
            .unwrap_or_default(),
    }
}

/// A cell that no spreadsheet takes for a formula.
#[must_use]
pub fn marked(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("{MARK}{cell}") } else { cell.to_owned() }
}

/// A cell without the mark that [`marked`] may have put in front of it.
#[must_use]
pub fn unmarked(cell: &str) -> &str {
    cell.strip_prefix(MARK).filter(|rest| rest.starts_with(FORMULA)).unwrap_or(cell)
}

/// A line of a file, its end included.
#[must_use]
pub fn line(cells: impl IntoIterator<Item = String>) -> String {
    let quoted = |cell: String| {
        if cell.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell
        }
    };
    let mut line = cells.into_iter().map(quoted).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_taken_for_a_formula() {
        for text in ["=1+1", "-5 C lamp", "@home", "'quoted'", "''", "+44"] {
            let written = marked(text);
            assert!(written.starts_with(MARK), "{text}");
            assert_eq!(unmarked(&written), text);
        }
        for text in ["Hook", "", "a=b", "5'"] {
            assert_eq!(marked(text), text);
            assert_eq!(unmarked(text), text);
        }
        assert_eq!(unmarked("'tis"), "'tis");
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let cells = ["a,b", "say \"hook\"", "two\nlines", "plain"].map(str::to_owned);
        assert_eq!(line(cells), "\"a,b\",\"say \"\"hook\"\"\",\"two\nlines\",plain\r\n");
        assert!(header().starts_with("slug,title,description,status,brand,"));
    }
}
