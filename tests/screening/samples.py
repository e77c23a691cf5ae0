"""Small lists in the official formats, written by hand. Every name is invented."""

import gzip
import json

UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z">
  <INDIVIDUALS>
    <INDIVIDUAL>
      <DATAID>1</DATAID><FIRST_NAME>TESTIN</FIRST_NAME><SECOND_NAME>EXEMPLOV</SECOND_NAME>
      <REFERENCE_NUMBER>XXi.001</REFERENCE_NUMBER><NAME_ORIGINAL_SCRIPT>Тестин Экземплов</NAME_ORIGINAL_SCRIPT>
      <NATIONALITY><VALUE>Serrania</VALUE></NATIONALITY>
      <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Abu Prov</ALIAS_NAME></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1971</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
    </INDIVIDUAL>
  </INDIVIDUALS>
  <ENTITIES>
    <ENTITY>
      <DATAID>2</DATAID><FIRST_NAME>VELGRAD INSTITUTE OF PROPULSION</FIRST_NAME>
      <REFERENCE_NUMBER>XXe.002</REFERENCE_NUMBER>
      <ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>VIP Velgrad; Velgradski institut</ALIAS_NAME></ENTITY_ALIAS>
      <ENTITY_ADDRESS><CITY>Tehran</CITY><COUNTRY>Iran (Islamic Republic of)</COUNTRY></ENTITY_ADDRESS>
    </ENTITY>
  </ENTITIES>
</CONSOLIDATED_LIST>
"""

EU = """<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-11-20T15:29:22.497+02:00">
  <sanctionEntity designationDate="2020-01-01" unitedNationId="XXe.002" euReferenceNumber="EU.1.1" logicalId="9">
    <subjectType code="enterprise"/>
    <nameAlias wholeName="Velgrad Institute of Propulsion" strong="true" nameLanguage="EN"/>
    <nameAlias firstName="" lastName="" wholeName="VIP" strong="false" nameLanguage=""/>
    <address city="Tehran" countryIso2Code="IR" countryDescription="IRAN"/>
  </sanctionEntity>
</export>
"""

UK = """<?xml version="1.0" encoding="utf-8"?>
<Designations><DateGenerated>10/09/2026</DateGenerated>
  <Designation><UniqueID>XXX0001</UniqueID><OFSIGroupID>77</OFSIGroupID><UNReferenceNumber>XXe.002</UNReferenceNumber>
    <Names><Name><Name6>VELGRAD INSTITUTE OF PROPULSION</Name6><NameType>Primary Name</NameType></Name>
      <Name><Name6>VIP</Name6><NameType>Alias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name></Names>
    <NonLatinNames><NonLatinName><NameNonLatinScript>موسسه ولگراد</NameNonLatinScript></NonLatinName></NonLatinNames>
    <IndividualEntityShip>Entity</IndividualEntityShip></Designation>
  <Designation><UniqueID>XXX0002</UniqueID>
    <Names><Name><Name1>Testin</Name1><Name6>EXEMPLOV</Name6><NameType>Primary Name</NameType></Name></Names>
    <IndividualEntityShip>Individual</IndividualEntityShip>
    <IndividualDetails><Individual><DOBs><DOB>dd/mm/1945</DOB></DOBs></Individual></IndividualDetails></Designation>
  <Designation><UniqueID>XXX0003</UniqueID>
    <Names><Name><Name6>Provbåten</Name6><NameType>Primary Name</NameType></Name></Names>
    <IndividualEntityShip>Ship</IndividualEntityShip>
    <ShipDetails><Ship><IMONumbers><IMONumber>IMO1234567</IMONumber></IMONumbers></Ship></ShipDetails></Designation>
</Designations>
"""

_CONLIST = (
    "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,DOB,Town of Birth,Country of Birth,Nationality,Passport Details,"
    "NI Number,Position,Address 1,Address 2,Address 3,Address 4,Address 5,Address 6,Post/Zip Code,Country,"
    "Other Information,Group Type,Alias Type,Regime,Listed On,Last Updated,Group ID"
)
CONLIST = (
    f"Last Updated,27/04/2020\n{_CONLIST}\n"
    "VIP,,,,,,,,,,,,,,,,,,,,,,UN Ref XXe.002. The \u2019firm\u2019.,Entity,AKA,Test,01/01/2020,01/01/2020,77\n"
    "VELGRAD INSTITUTE,,,,,,,,,,,,,,,,,,,,,Iran,,Entity,Prime Alias,Test,01/01/2020,01/01/2020,77\n"
    "EXEMPLOV,Testin,,,,,,00/00/1980,,,,,,,,,,,,,,,,Individual,Prime Alias,Test,01/01/2020,01/01/2020,78\n"
).encode("cp1252")

CSL_HEADER = (
    "_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,"
    "standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,"
    "vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,"
    "places_of_birth,source_information_url,ids\n"
)
CSL = (
    CSL_HEADER + "abc,Entity List (EL) - Bureau of Industry and Security,,,,Velgrad Polytechnic,,"
    '"1 Road, Xi\'an, CN; 2 Road, CN",,2001-05-14,,,For all items.,,,,,,,,,,'
    "Velgrad Polytech; and Velgradska politehnika,,,,,http://x.example,\n"
    'def,Specially Designated Nationals (SDN) - Treasury Department,36,Individual,TEST,"EXEMPLOV, Testin",,'
    ',,,,,,,,,,,,,,,"EXEMPLOFF, Testin",RS,1971,RS,Velgrad,http://y.example,\n'
)

SDN = {
    "sdn.csv": '36,"EXEMPLOV, Testin","individual","TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    "\"DOB 1971; a.k.a. 'PROV'.\"\r\n"
    '37,"PROVA S.A.",-0- ,"TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a',
    "alt.csv": '36,1,"aka","EXEMPLOFF, Testin",-0- \r\n37,2,"fka","GAMLA PROVA",-0- \r\n\x1a',
    "add.csv": '37,1,-0- ,"Havana","Cuba",-0- \r\n\x1a',
    "sdn_comments.csv": '37,"Linked To: NOBODY."\r\n',
}

OFAC_XML = """<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML">
  <publshInformation><Publish_Date>03/28/2025</Publish_Date><Record_Count>1</Record_Count></publshInformation>
  <sdnEntry><uid>9</uid><firstName>Testin</firstName><lastName>EXEMPLOV</lastName><sdnType>Individual</sdnType>
    <programList><program>NS-PLC</program></programList>
    <akaList><aka><uid>1</uid><type>a.k.a.</type><category>weak</category><lastName>PROV</lastName></aka></akaList>
  </sdnEntry>
</sdnList>
"""

SEMA = """<?xml version="1.0" encoding="UTF-8"?>
<data-set>
  <record><Country>Iran</Country><EntityOrShip>Velgrad University/Université de Velgrad</EntityOrShip>
    <Schedule>1, Part 1</Schedule><Item>22</Item><DateOfListing>2025-03-20</DateOfListing></record>
  <record><Country>Belarus / Bélarus</Country><LastName>Exemplov</LastName><GivenName>Testin</GivenName>
    <DateOfBirthOrShipBuildDate>1971</DateOfBirthOrShipBuildDate><Schedule>1, Part 1</Schedule><Item>1</Item>
    <DateOfListing>2020-09-28</DateOfListing>
    <Aliases>Belarusian: Тэсцін Экземплаў, Testin EXEMPLAU</Aliases></record>
</data-set>
"""

DPL = (
    '"Name"\t"Street_Address"\t"City"\t"State"\t"Country"\t"Postal_Code"\t"Effective_Date"\t"Expiration_Date"\t'
    '"Standard_Order"\t"Last_Update"\t"Action"\t"FR_Citation"\n'
    '"TESTIN EXEMPLOV"\t"1 ROAD"\t"TOWN"\t"TX"\t"US"\t"1"\t"06/19/2003"\t""\t"Y"\t"2007-01-31"\t"ADDED"\t"68 F.R."\n'
    '"TESTIN EXEMPLOV"\t"2 ROAD"\t"TOWN"\t"TX"\t""\t"1"\t"06/19/2003"\t""\t"Y"\t"2007-01-31"\t"ADDED"\t"68 F.R."\n'
)

SEVEN = "name_en,name_zh,ror_id,ror_labels,website\r\nVelgrad Polytechnic,韦尔格拉德理工大学,0aaaaaa11,x,https://velgrad.example\r\n"

GENERIC = (
    '{"id": "a", "schema": "Company", "names": ["Prova AB"], "list": "Egen lista", "date": "2026-11-01"}\n'
    '{"id": "b", "schema": "", "names": ["Annan Prova"], "list": "Egen lista", "countries": ["Sverige"]}\n'
    '{"id": "c", "names": ["Tredje"], "list": "Annan lista", "legal_effect": "foreign"}\n'
)

_V2 = [
    {
        "id": "https://ror.org/0aaaaaa11",
        "names": [
            {"lang": None, "types": ["acronym"], "value": "VPU"},
            {"lang": "en", "types": ["ror_display", "label"], "value": "Velgrad Polytechnic"},
            {"lang": "zh", "types": ["label"], "value": "韦尔格拉德理工大学"},
            {"lang": "ru", "types": ["label"], "value": "Велградский политехнический университет"},
        ],
        "locations": [{"geonames_details": {"country_code": "RS", "name": "Velgrad"}}],
        "links": [{"type": "website", "value": "https://www.velgrad.example/"}],
        "domains": ["velgrad.example"],
        "relationships": [{"label": "x", "type": "child", "id": "https://ror.org/0bbbbbb22"}],
        "status": "active",
        "types": ["education"],
    },
    {
        "id": "https://ror.org/0cccccc33",
        "names": [
            {
                "lang": "en",
                "types": ["ror_display", "label"],
                "value": "Velgrad Polytechnic of Naval Aeronautics",
            }
        ],
        "locations": [{"geonames_details": {"country_code": "RS", "name": "Velgrad"}}],
        "links": [],
        "domains": [],
        "relationships": [],
        "status": "active",
        "types": ["education"],
    },
]
_V1 = {
    "id": "https://ror.org/0bbbbbb22",
    "name": "Fjällby University",
    "aliases": ["FU Fjällby"],
    "acronyms": ["VPU"],
    "labels": [{"label": "Fjällby universitet", "iso639": "sv"}],
    "country": {"country_name": "Sweden", "country_code": "SE"},
    "addresses": [{"city": "Fjällby"}],
    "links": ["http://fjallby.example"],
    "relationships": [{"type": "Parent", "label": "x", "id": "https://ror.org/0aaaaaa11"}],
    "status": "active",
    "types": ["Education"],
}
ROR_LINES = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in [*_V2, _V1])
ROR_ARRAY = json.dumps([*_V2, _V1], ensure_ascii=False)
ROR_COMPACT = (
    "id\tstatus\tname\tcountry\tcity\ttypes\taliases\tacronyms\tlabels\tdomains\twebsite\twikidata\tgrid\testablished"
    "\trelations\tsrc\n"
    "0aaaaaa11\tactive\tVelgrad Polytechnic\tRS\tVelgrad\teducation\t\tVPU\ten:Velgrad Polytechnic|zh:韦尔格拉德理工大学\t"
    "velgrad.example\thttps://velgrad.example\t\t\t1950\tchild:0bbbbbb22\tv2.9\n"
)

PACKED = gzip.compress(CSL.encode())
