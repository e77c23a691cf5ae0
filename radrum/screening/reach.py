"""Where the program may connect when somebody else says the address: the open internet, nowhere else."""

import ipaddress

_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address inside an IPv6 one


def is_public(text: str) -> bool:
    """An address of the open internet: not of this machine or its neighbours, nor one in disguise."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address) and (
        address.ipv4_mapped or address.sixtofour or address.teredo or address in _TRANSLATED
    ):
        return False
    return address.is_global and not address.is_multicast
