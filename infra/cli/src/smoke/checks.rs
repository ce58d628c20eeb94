//! What is tried.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::site::{Fault, Seen, Site};

/// An order that nobody has.
const NO_ORDER: &str = "/api/orders/ord_00000000000000000000000000";

/// One thing that is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// The shop's first page, and one that a reload asks for.
    Shop,
    /// The scripts and styles of the first page.
    Files,
    /// What keeps strangers' scripts and frames out.
    Headers,
    /// The console's first page.
    Console,
    /// The API's description.
    Docs,
    /// What pages must know of the stack they belong to.
    Configuration,
    /// Categories, products, a product and its picture.
    Catalogue,
    /// The search.
    Search,
    /// How the API says no.
    Refusals,
    /// A cart, with something in it where there is anything to buy.
    Cart,
    /// That nobody gets in without a token.
    Doors,
    /// The connection on which pages hear of changes, where there is one.
    Socket,
}

impl Check {
    /// All of them, in the order in which they are tried.
    pub const ALL: [Self; 12] = [
        Self::Shop,
        Self::Files,
        Self::Headers,
        Self::Console,
        Self::Docs,
        Self::Configuration,
        Self::Catalogue,
        Self::Search,
        Self::Refusals,
        Self::Cart,
        Self::Doors,
        Self::Socket,
    ];

    /// What it is called.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Shop => "the shop's pages",
            Self::Files => "their scripts and styles",
            Self::Headers => "security headers",
            Self::Console => "the console's page",
            Self::Docs => "the API's description",
            Self::Configuration => "the site's configuration",
            Self::Catalogue => "the catalogue",
            Self::Search => "the search",
            Self::Refusals => "refusals",
            Self::Cart => "a cart",
            Self::Doors => "closed doors",
            Self::Socket => "news of changes",
        }
    }

    /// Tries it; says what was seen.
    pub(super) async fn run(self, site: &Site) -> Result<String, Fault> {
        match self {
            Self::Shop => shop(site).await,
            Self::Files => files(site).await,
            Self::Headers => headers(site).await,
            Self::Console => page(site, "/console/").await.map(|_| String::new()),
            Self::Docs => docs(site).await,
            Self::Configuration => configuration(site).await,
            Self::Catalogue => catalogue(site).await,
            Self::Search => search(site).await,
            Self::Refusals => refusals(site).await,
            Self::Cart => cart(site).await,
            Self::Doors => doors(site).await,
            Self::Socket => socket(site).await,
        }
    }
}

/// A page that a program of the site draws.
async fn page(site: &Site, path: &str) -> Result<Seen, Fault> {
    let page = site.get(path).await?;
    page.is_of("text/html")?;
    page.is_cached("no-cache")?;
    if page.text.contains("id=\"root\"") { Ok(page) } else { Err(page.lacks("it has no place to draw in")) }
}

async fn shop(site: &Site) -> Result<String, Fault> {
    let (first, other) = (page(site, "/").await?, page(site, "/cart").await?);
    if first.text == other.text { Ok(String::new()) } else { Err(other.lacks("it is not the shop's page")) }
}

async fn files(site: &Site) -> Result<String, Fault> {
    let page = page(site, "/").await?;
    let paths: Vec<&str> = page.text.split('"').filter(|text| text.starts_with("/assets/")).collect();
    for (ending, media_type) in [(".js", "javascript"), (".css", "text/css")] {
        let path = paths.iter().find(|path| path.ends_with(ending));
        let file = site.get(path.ok_or_else(|| page.lacks("it names no script, or no style"))?).await?;
        file.is_of(media_type)?;
        file.is_cached("immutable")?;
    }
    Ok(format!("{} files", paths.len()))
}

async fn headers(site: &Site) -> Result<String, Fault> {
    for path in ["/", "/console/", "/api/categories"] {
        let answer = site.get(path).await?;
        for directive in
            ["default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"]
        {
            answer.has_policy(directive)?;
        }
        answer.says("x-content-type-options", "nosniff")?;
        answer.says("x-frame-options", "DENY")?;
        answer.says("referrer-policy", "strict-origin-when-cross-origin")?;
        answer.says("cross-origin-opener-policy", "same-origin")?;
        answer.says("permissions-policy", "camera=()")?;
        if site.is_secure() {
            answer.says("strict-transport-security", "max-age=31536000")?;
        }
    }
    Ok(String::new())
}

async fn docs(site: &Site) -> Result<String, Fault> {
    site.get("/docs/").await?.is_of("text/html")?;
    let description = site.get("/docs/openapi.json").await?;
    let paths = description.json()?["paths"].as_object().map_or(0, serde_json::Map::len);
    if paths == 0 { Err(description.lacks("it describes no paths")) } else { Ok(format!("{paths} paths")) }
}

async fn configuration(site: &Site) -> Result<String, Fault> {
    let answer = site.get("/config.json").await?;
    answer.is_cached("no-cache")?;
    let told = answer.json()?;
    match (told["userPoolId"].as_str(), told["stage"].as_str()) {
        (Some(_), Some(stage)) => Ok(stage.into()),
        _ => Err(answer.lacks("it names no user pool or no stage")),
    }
}

/// The members of a list.
fn items(answer: &Seen) -> Result<Vec<Value>, Fault> {
    let told = answer.json()?;
    told["items"].as_array().cloned().ok_or_else(|| answer.lacks("it is no list"))
}

async fn catalogue(site: &Site) -> Result<String, Fault> {
    let categories = items(&site.get("/api/categories").await?)?.len();
    let listed = site.get("/api/products?limit=1").await?;
    let Some(first) = items(&listed)?.into_iter().next() else { return Ok("no products yet".into()) };
    let slug = first["slug"].as_str().ok_or_else(|| listed.lacks("its product has no slug"))?;
    let product = site.get(&format!("/api/products/{slug}")).await?.json()?;
    if let Some(picture) = product["images"][0]["url"].as_str() {
        site.get(picture).await?.is_of("image/")?;
    }
    Ok(format!("{categories} categories"))
}

async fn search(site: &Site) -> Result<String, Fault> {
    let answer = site.get("/api/search?q=a").await?;
    items(&answer)?;
    Ok(if answer.header("x-search-index") == "none" { "no index yet".into() } else { String::new() })
}

async fn refusals(site: &Site) -> Result<String, Fault> {
    let path = "/api/products/no-such-thing";
    let answer = site.ask(Method::GET, path, None, StatusCode::NOT_FOUND).await?;
    answer.is_of("application/problem+json")?;
    let refused = site.ask(Method::GET, NO_ORDER, None, StatusCode::UNAUTHORIZED).await?;
    refused.is_of("application/problem+json").map(|()| String::new())
}

async fn cart(site: &Site) -> Result<String, Fault> {
    let created = site.ask(Method::POST, "/api/carts", Some(json!({})), StatusCode::CREATED).await?;
    let cart = created.json()?;
    let id = cart["id"].as_str().ok_or_else(|| created.lacks("the cart has no id"))?;
    let path = format!("/api/carts/{id}");
    let Some(sku) = something(site).await? else {
        return site.get(&path).await.map(|_| "nothing to put into it".into());
    };
    let item = format!("{path}/items/{sku}");
    site.ask(Method::PUT, &item, Some(json!({ "quantity": 1 })), StatusCode::OK).await?;
    let filled = site.get(&path).await?;
    if !filled.text.contains(&sku) {
        return Err(filled.lacks("what was put in is not there"));
    }
    let emptied = site.ask(Method::DELETE, &item, None, StatusCode::OK).await?;
    if emptied.text.contains(&sku) { Err(emptied.lacks("what was taken out is there")) } else { Ok(sku) }
}

/// A SKU that can be bought, if the first products have one.
async fn something(site: &Site) -> Result<Option<String>, Fault> {
    for listed in items(&site.get("/api/products?limit=20").await?)? {
        let Some(slug) = listed["slug"].as_str().filter(|_| listed["inStock"] == true) else { continue };
        let product = site.get(&format!("/api/products/{slug}")).await?.json()?;
        let variants = product["variants"].as_array().map(Vec::as_slice).unwrap_or_default();
        let on_shelf = variants.iter().find(|variant| variant["available"].as_u64() > Some(0));
        if let Some(sku) = on_shelf.and_then(|variant| variant["sku"].as_str()) {
            return Ok(Some(sku.into()));
        }
    }
    Ok(None)
}

async fn doors(site: &Site) -> Result<String, Fault> {
    for path in [
        "/api/me",
        "/api/console/products",
        "/api/console/staff",
        "/api/console/fulfilment/suppliers",
        "/api/console/operations/queues",
        "/api/partner/orders",
    ] {
        site.ask(Method::GET, path, None, StatusCode::UNAUTHORIZED).await?;
    }
    Ok(String::new())
}

async fn socket(site: &Site) -> Result<String, Fault> {
    let told = site.get("/config.json").await?.json()?;
    match told["realtimeUrl"].as_str() {
        Some(address) => site.open_socket(address).await.map(|()| String::new()),
        None => Ok("none here".into()),
    }
}
