"""Codes of states and nationalities in travel documents: ISO 3166-1 alpha-3 and what ICAO Doc 9303 part 3 adds.

>>> passes("CHN"), passes("UTO"), passes("D")  # Utopia and Germany's D: ICAO 9303-3, section 5
(True, True, True)
>>> fault("XYZ")
'XYZ is no state of ISO 3166-1 and no addition of ICAO 9303'
"""

from __future__ import annotations

from ocrcli.checks import Rule

RULE = Rule("iso3166", "ISO 3166-1", "list")

_ISO_3166 = """
    ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM BLR
    BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP
    CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB
    GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN
    KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD
    MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN
    PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM
    SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR
    UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE
"""
# ICAO 9303-3, section 5, parts B to E: Germany's short form, kinds of British nationality, organisations (UN, EU,
# INTERPOL, Order of Malta, banks ...), persons without a nationality, the specimens' Utopia; RKS is Kosovo's own.
_ICAO_ADDITIONS = """
    D EUE GBD GBN GBO GBP GBS RKS UNO UNA UNK XBA XIM XCC XCE XCO XEC XES XMP XOM XPO XDC XXA XXB XXC XXX UTO
"""
ISO_3166 = frozenset(_ISO_3166.split())
ICAO_ADDITIONS = frozenset(_ICAO_ADDITIONS.split())
CODES = tuple(sorted(ISO_3166 | ICAO_ADDITIONS))


def fault(code: str) -> str | None:
    """What is wrong with a code, without the fillers of a machine-readable zone; None where nothing is."""
    if code in ISO_3166 or code in ICAO_ADDITIONS:
        return None
    return f"{code or 'an empty code'} is no state of ISO 3166-1 and no addition of ICAO 9303"


def passes(code: str) -> bool:
    """True for a code that is given out."""
    return fault(code) is None
