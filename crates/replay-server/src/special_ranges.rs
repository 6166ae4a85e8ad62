//! Ranges of addresses that are not public, and the addresses that others stand for.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// A range that is not public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SpecialRange {
    pub(crate) range: IpNet,
    pub(crate) names: Names,
}

/// Whether an allowed name may lead into a range. Who serves a name decides where it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Names {
    /// It may: hosts of a private network have names.
    Enough,
    /// It may not: only an entry that gives the address or a range within reaches it.
    NotEnough,
}

const fn v4(address: [u8; 4], prefix: u8, names: Names) -> SpecialRange {
    let [a, b, c, d] = address;
    SpecialRange { range: IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), prefix)), names }
}

const fn v6(first: [u16; 3], last: u16, prefix: u8, names: Names) -> SpecialRange {
    let [a, b, c] = first;
    SpecialRange {
        range: IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, last), prefix)),
        names,
    }
}

/// Every range, after the narrower ones inside it: what metadata services answer on comes first.
const RANGES: [SpecialRange; 32] = [
    v4([169, 254, 169, 254], 32, Names::NotEnough),
    v4([100, 100, 100, 200], 32, Names::NotEnough),
    v4([168, 63, 129, 16], 32, Names::NotEnough),
    v4([192, 0, 0, 192], 32, Names::NotEnough),
    v6([0xfd00, 0xec2, 0], 0x254, 128, Names::NotEnough),
    v6([0xfd20, 0xce, 0], 0x254, 128, Names::NotEnough),
    v4([255, 255, 255, 255], 32, Names::NotEnough),
    v4([0, 0, 0, 0], 8, Names::NotEnough),
    v4([10, 0, 0, 0], 8, Names::Enough),
    v4([100, 64, 0, 0], 10, Names::Enough),
    v4([127, 0, 0, 0], 8, Names::NotEnough),
    v4([169, 254, 0, 0], 16, Names::NotEnough),
    v4([172, 16, 0, 0], 12, Names::Enough),
    v4([192, 0, 0, 0], 24, Names::NotEnough),
    v4([192, 0, 2, 0], 24, Names::Enough),
    v4([192, 88, 99, 0], 24, Names::NotEnough),
    v4([192, 168, 0, 0], 16, Names::Enough),
    v4([198, 18, 0, 0], 15, Names::Enough),
    v4([198, 51, 100, 0], 24, Names::Enough),
    v4([203, 0, 113, 0], 24, Names::Enough),
    v4([224, 0, 0, 0], 4, Names::NotEnough),
    v4([240, 0, 0, 0], 4, Names::NotEnough),
    v6([0, 0, 0], 0, 128, Names::NotEnough),
    v6([0, 0, 0], 1, 128, Names::NotEnough),
    v6([0x64, 0xff9b, 1], 0, 48, Names::NotEnough),
    v6([0x100, 0, 0], 0, 64, Names::NotEnough),
    v6([0x2001, 0xdb8, 0], 0, 32, Names::Enough),
    v6([0x3fff, 0, 0], 0, 20, Names::Enough),
    v6([0xfc00, 0, 0], 0, 7, Names::Enough),
    v6([0xfe80, 0, 0], 0, 10, Names::NotEnough),
    v6([0xfec0, 0, 0], 0, 10, Names::NotEnough),
    v6([0xff00, 0, 0], 0, 8, Names::NotEnough),
];

/// The narrowest range that an address lies in; `None` where it is public.
pub(crate) fn special_range(address: IpAddr) -> Option<SpecialRange> {
    RANGES.iter().find(|special| special.range.contains(&address)).copied()
}

/// The IPv4 address that an IPv6 address stands for, however it is embedded; any other address as it is.
pub(crate) fn effective(address: IpAddr) -> IpAddr {
    let IpAddr::V6(address) = address.to_canonical() else { return address.to_canonical() };
    let v4 = |high: u16, low: u16| IpAddr::V4(Ipv4Addr::from_bits((u32::from(high) << 16) | u32::from(low)));
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => address.into(),
        // Compatible, translated, NAT64 and 6to4.
        [0, 0, 0, 0, 0 | 0xffff, 0, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => v4(high, low),
        // Teredo writes the client's address inverted.
        [0x2001, 0, .., high, low] => v4(!high, !low),
        _ => address.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, expected: &str) {
        assert_eq!(effective(address.parse().unwrap()), expected.parse::<IpAddr>().unwrap(), "{address}");
    }

    #[test]
    fn embedded_addresses_are_found() {
        for embedded in [
            "::ffff:10.0.0.5",
            "::10.0.0.5",
            "::ffff:0:10.0.0.5",
            "64:ff9b::10.0.0.5",
            "2002:a00:5::1",
            "2001::f5ff:fffa",
        ] {
            check(embedded, "10.0.0.5");
        }
        for plain in ["::", "::1", "fe80::1", "2606:4700::1111", "10.0.0.5"] {
            check(plain, plain);
        }
    }

    #[test]
    fn a_narrower_range_comes_first() {
        for (place, special) in RANGES.iter().enumerate() {
            let wider =
                RANGES.iter().position(|other| other != special && other.range.contains(&special.range));
            assert!(wider.is_none_or(|wider| wider > place), "{:?}", special.range);
        }
    }
}
