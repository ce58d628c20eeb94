//! Which addresses are the internet's; how they are written is tested with [`crate::Egress`].

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address can belong to somebody on the internet: not to this machine, a private network, a cloud's
/// metadata service or nobody (the special-purpose registries of IANA).
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(mapped) => is_public_v4(mapped),
            None => is_public_v6(address),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !matches!(
        (a, b, c),
        (0 | 10 | 127 | 224..=255, _, _)     // this network, private, loopback, multicast and reserved
            | (100, 64..=127, _)             // shared by carriers, and metadata services of some clouds
            | (169, 254, _)                  // link-local, with the metadata service of most clouds
            | (172, 16..=31, _)              // private
            | (192, 0, 0 | 2)                // protocol assignments, documentation
            | (192, 88, 99)                  // relays to IPv6
            | (192, 168, _)                  // private
            | (198, 18..=19, _)              // benchmarks
            | (198, 51, 100) | (203, 0, 113) // documentation
    )
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    // Only 2000::/3 is given out; all local, mapped and translated ranges lie outside of it.
    let given_out = (0x2000..=0x3fff).contains(&a);
    let special = match (a, b) {
        (0x2001, b) => b < 0x0200 || b == 0x0db8, // protocol assignments with Teredo, documentation
        (0x2002, _) => true,                      // 6to4: any IPv4 address, also a private one, in disguise
        (0x3fff, b) => b < 0x1000,                // documentation
        _ => false,
    };
    given_out && !special
}
