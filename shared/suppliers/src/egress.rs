//! Where calls to suppliers may go: operators type addresses, and none of them may turn a call against ourselves.

use std::{fmt, net::IpAddr, str::FromStr};

use reqwest::Url;
use thiserror::Error;
use url::Host;

use crate::public::is_public;

/// The environment variable with the hosts that suppliers may have; see [`Egress::parse`].
pub const HOSTS_VARIABLE: &str = "SUPPLIER_HOSTS";

/// A list of hosts that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "`{entry}` is no host that suppliers may have: write `*`, `api.example.com`, `*.example.com` or \
     `http://127.0.0.1:4590`"
)]
pub struct EgressError {
    entry: String,
}

/// Why a call may not be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refused {
    /// Neither `https` nor an address that is allowed as it stands.
    #[error("must begin with https://")]
    Scheme,
    /// A name or a password in an address ends up in logs.
    #[error("must not contain a user or a password")]
    Credentials,
    /// The host is none of those that this shop allows.
    #[error("{0} is none of the hosts that this shop may call")]
    Host(String),
    /// The address belongs to a private network, to this machine, or to nobody.
    #[error("{0} is no public address")]
    Private(String),
}

/// Where calls may go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Egress {
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Entry {
    /// `*`: any public host over https.
    Any,
    /// `api.example.com`: this public host over https.
    Exactly(String),
    /// `*.example.com`: public hosts below this one over https; kept with its leading dot.
    Below(String),
    /// `http://127.0.0.1:4590`: this scheme, host and port, whatever they are.
    Origin { scheme: String, host: String, port: u16 },
}

impl Egress {
    /// Reads a list, separated by commas: `*` (any public host over https), `api.example.com`, `*.example.com`, or an
    /// address with its scheme and port, which is allowed as it stands, also without TLS and on a private network. A
    /// host that is listed with scheme and port is reachable there only.
    pub fn parse(list: &str) -> Result<Self, EgressError> {
        let entries: Vec<_> = list
            .split(',')
            .map(str::trim)
            .filter(|entry| !entry.is_empty())
            .map(|entry| Entry::parse(entry).ok_or_else(|| EgressError { entry: entry.to_owned() }))
            .collect::<Result<_, _>>()?;
        if entries.is_empty() { Err(EgressError { entry: list.to_owned() }) } else { Ok(Self { entries }) }
    }

    /// Whether a call to `url` may be made. A name is resolved later; what it resolves to is checked then.
    pub fn check(&self, url: &Url) -> Result<(), Refused> {
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refused::Credentials);
        }
        if self.entries.iter().any(|entry| entry.is_origin_of(url)) {
            return Ok(());
        }
        if url.scheme() != "https" {
            return Err(Refused::Scheme);
        }
        let Some(host) = url.host_str() else { return Err(Refused::Host(String::new())) };
        let address = match url.host() {
            Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
            _ => None,
        };
        if let Some(address) = address
            && !is_public(address)
        {
            return Err(Refused::Private(host.to_owned()));
        }
        // A trailing dot names the same host.
        let name = host.strip_suffix('.').unwrap_or(host);
        if self.is_literal(name) || !self.entries.iter().any(|entry| entry.names(name)) {
            return Err(Refused::Host(host.to_owned()));
        }
        Ok(())
    }

    /// Whether a host was listed with scheme and port, so that its address is not checked after DNS.
    pub(crate) fn is_literal(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| matches!(entry, Entry::Origin { host, .. } if host == name))
    }
}

impl FromStr for Egress {
    type Err = EgressError;

    fn from_str(list: &str) -> Result<Self, EgressError> {
        Self::parse(list)
    }
}

impl fmt::Display for Egress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, entry) in self.entries.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            match entry {
                Entry::Any => write!(f, "{comma}*")?,
                Entry::Exactly(host) => write!(f, "{comma}{host}")?,
                Entry::Below(suffix) => write!(f, "{comma}*{suffix}")?,
                Entry::Origin { scheme, host, port } => write!(f, "{comma}{scheme}://{host}:{port}")?,
            }
        }
        Ok(())
    }
}

impl Entry {
    fn parse(entry: &str) -> Option<Self> {
        if entry == "*" {
            return Some(Self::Any);
        }
        if entry.contains("://") {
            let url = Url::parse(entry).ok()?;
            let bare = url.path() == "/"
                && url.query().is_none()
                && url.fragment().is_none()
                && url.username().is_empty()
                && url.password().is_none()
                && matches!(url.scheme(), "http" | "https");
            let (host, port) = (url.host_str()?.to_owned(), url.port_or_known_default()?);
            return bare.then(|| Self::Origin { scheme: url.scheme().to_owned(), host, port });
        }
        let (name, below) = match entry.strip_prefix("*.") {
            Some(name) => (name, true),
            None => (entry, false),
        };
        // Through the parser of URLs, so that upper case and international names are written as they will be met.
        let url = Url::parse(&format!("https://{name}/")).ok()?;
        let Some(Host::Domain(host)) = url.host() else { return None };
        let plain =
            url.port().is_none() && url.path() == "/" && url.username().is_empty() && host.contains('.');
        plain.then(|| if below { Self::Below(format!(".{host}")) } else { Self::Exactly(host.to_owned()) })
    }

    fn is_origin_of(&self, url: &Url) -> bool {
        match self {
            Self::Origin { scheme, host, port } => {
                url.scheme() == scheme
                    && url.host_str() == Some(host)
                    && url.port_or_known_default() == Some(*port)
            }
            _ => false,
        }
    }

    fn names(&self, name: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Exactly(host) => host == name,
            Self::Below(suffix) => name.ends_with(suffix.as_str()),
            Self::Origin { .. } => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(list: &str, url: &str) -> Result<(), Refused> {
        Egress::parse(list).unwrap().check(&Url::parse(url).unwrap())
    }

    #[test]
    fn lists_are_read_or_refused() {
        for (list, shown) in [
            ("*", "*"),
            (" API.Example.com ,*.b.org,", "api.example.com, *.b.org"),
            ("http://127.0.0.1:4590", "http://127.0.0.1:4590"),
            ("https://localhost, *", "https://localhost:443, *"),
        ] {
            assert_eq!(Egress::parse(list).unwrap().to_string(), shown);
        }
        for bad in [
            "",
            " , ",
            "ftp://a.b:21",
            "http://a.b/path",
            "http://u:p@a.b",
            "a.b:80",
            "10.0.0.1",
            "com",
            "*.*",
        ] {
            assert!(Egress::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn only_https_to_allowed_hosts() {
        for (list, url) in [
            ("*", "https://supplier.example/api"),
            ("*", "https://supplier.example:8443/api"),
            ("*", "https://93.184.215.14/"),
            ("*", "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/"),
            ("a.example.com", "https://A.example.com./x"),
            ("*.example.com", "https://a.b.example.com/"),
            ("*, http://127.0.0.1:4590", "http://127.0.0.1:4590/north/orders"),
            ("https://10.1.2.3:8443", "https://10.1.2.3:8443/"),
        ] {
            assert_eq!(check(list, url), Ok(()), "{url}");
        }
        let host = |host: &str| Refused::Host(host.into());
        for (list, url, refused) in [
            ("*", "http://supplier.example/", Refused::Scheme),
            ("*", "http://127.0.0.1:4590/", Refused::Scheme),
            ("*", "ftp://supplier.example/", Refused::Scheme),
            ("*", "https://user@supplier.example/", Refused::Credentials),
            ("*", "https://:secret@supplier.example/", Refused::Credentials),
            ("a.example.com", "https://b.example.com/", host("b.example.com")),
            ("*.example.com", "https://example.com/", host("example.com")),
            ("*.example.com", "https://badexample.com/", host("badexample.com")),
            ("http://127.0.0.1:4590", "http://127.0.0.1:4591/", Refused::Scheme),
            ("*, http://127.0.0.1:4590", "https://127.0.0.1:4590/", Refused::Private("127.0.0.1".into())),
            // Its address is not checked after DNS, so it must not be reachable in another way.
            ("*, http://localhost:4590", "https://localhost:4590/", host("localhost")),
        ] {
            assert_eq!(check(list, url), Err(refused), "{url}");
        }
    }

    #[test]
    fn addresses_that_are_not_public_are_refused_however_they_are_written() {
        for host in [
            "127.0.0.1",
            "0x7f.1",
            "2130706433",
            "0177.0.0.1",
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "100.100.100.200",
            "169.254.169.254",
            "169.254.170.2",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.192",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "255.255.255.255",
            "[::]",
            "[::1]",
            "[::ffff:169.254.169.254]",
            "[::127.0.0.1]",
            "[64:ff9b::a9fe:a9fe]",
            "[fd00:ec2::254]",
            "[fe80::1]",
            "[ff02::1]",
            "[2001::1]",
            "[2001:db8::1]",
            "[2002:a9fe:a9fe::1]",
            "[3fff::1]",
        ] {
            let refused = check("*", &format!("https://{host}/"));
            assert!(matches!(refused, Err(Refused::Private(_))), "{host}: {refused:?}");
        }
        for public in
            ["172.32.0.1", "100.128.0.1", "192.0.1.1", "198.20.0.1", "[2001:200::1]", "[3fff:1000::1]"]
        {
            assert_eq!(check("*", &format!("https://{public}/")), Ok(()), "{public}");
        }
    }
}
