"""Words that say little about which party is meant: legal forms, kinds of institution, what they do, stop words.

Each is known under one English concept, so that *universitet*, *université* and *daneshgah* are the same word.
All are written as `fold` writes them: small letters, no accents.
"""

STOP = frozenset(
    """a an the of and for in at on to by with from de la le les des du d l der die das den dem und fur im am zu zur
    et och i pa for av vid el los las y del al della dello di da do dos dei e ye van von het voor og fra til na w we
    z ul il lo en un une uno s t ibn""".split()
)

LEGAL = frozenset(
    """ltd limited llc inc incorporated corp co gmbh mbh ag ab oy oyj abp aps as asa sa sas sasu srl sarl spa plc pte
    pty bv nv kg kgaa ohg ev ooo oao zao pao ao jsc ojsc pjsc cjsc fze fzco fzc fzllc dmcc sdn bhd pvt private lp llp
    lc est sal kft zrt doo dd ad eood ood sro spol jv pjs pjsco kk kabushiki kaisha gk pt tbk cv ltda eirl sl slu sapi
    company companies compagnie compania compagnia kompaniia kompaniya sherkat sharikat corporation korporatsiia
    korporatsiya korporation corporacion corporazione obshchestvo ogranichennoi otvetstvennostiu aktsionernoe publichnoe zakrytoe otkrytoe joint stock open closed
    aktiebolag aktiengesellschaft gesellschaft societe anonyme sociedad anonima limitada responsabilite limitee
    saltanat mmc qsc kscc wll youxian gongsi gufen""".split()
)

_KINDS = {
    "university": """universitet universitetet universitets universitat universitaet universite universidad
    universidade universita uniwersytet univerzita univerzitet universiteit yliopisto egyetem ulikool universitas
    universitesi daneshgah daneshgahe jamiat jamia jameat gamiat daigaku daehakgyo daxue univ universities
    universitatea sveuciliste univerza universitate universitetas haskoli panepistimio universitad univerity
    universtiy""",
    "college": """hogskola hogskolan hogskole hogskolen hogeschool hochschule fachhochschule colegio collegium kolej
    ammattikorkeakoulu korkeakoulu colleges kollegium""",
    "institute": """institut institutet instituttet instituto istituto instytut instituutti instituut instituta
    enstitusu enstitu institutul institution institutes intezet pajouheshgah pazhuheshgah yanjiusuo inst instituti""",
    "academy": "akademi akademin akademie akademiet academie academia akademia akademiya akademiia acad accademia",
    "school": "skola skolan skole schule ecole escuela escola scuola shkola szkola koulu okulu schools",
    "ministry": """ministerstvo ministere ministerio ministero ministerium ministeriet departementet bakanligi
    vezarat wizarat ministerie ministeriia""",
    "center": """centre centro zentrum centrum tsentr keskus senter centret centers centres merkezi centru markaz
    markazi cent ctr zhongxin""",
    "laboratory": "laboratorium laboratoire laboratorio laboratoriia lab labs laboratories laboratoriet",
    "hospital": "sjukhus sjukhuset klinikum krankenhaus hopital ospedale sairaala sygehus hospitals hastanesi clinic",
    "bank": "banque banco banca banka pankki banken bankasi",
    "foundation": "stiftelse stiftelsen stiftung fondation fundacion fondazione saatio fond fonden fondet vakfi fund",
    "agency": "myndighet myndigheten agentur agence agencia agenzia agentstvo virasto ajansi",
    "council": "rad radet rat conseil consejo consiglio soviet neuvosto",
    "society": "sallskap sallskapet gesellschaft societe sociedad societa seura forening selskab association",
    "enterprise": "enterprises firma foretag foretaget predpriiatie predpriyatie unternehmen",
    "group": "gruppe grupp grupo gruppo gruppa groupe holding holdings",
    "factory": "zavod works fabrik fabrique fabrica plant kombinat",
    "bureau": "biuro byuro buero buro office kontor",
    "organization": "organisation organizatsiia organizatsiya organizacion organizzazione organisationen sazman",
    "department": "avdelning avdelningen departement departamento dipartimento abteilung dept kafedra faculty fakultet",
    "museum": "museet musee museo muzei muzeum",
    "library": "bibliotek biblioteket bibliothek bibliotheque biblioteca kirjasto",
}
_DOING = {
    "technology": """technical technological technologies teknik tekniska teknisk tekniske teknologi teknologiska
    technische technischen technik technologie technologique technique tecnica tecnico tecnologia tecnologico
    tecnologica teknillinen tekniikka tehnicki tehnika tekhnicheskii tekhnologicheskii tekhnologii tehnologii
    tekhnicheskogo teknoloji teknik sanati sanaati techniczny techniczna technologii tech""",
    "polytechnic": """polytechnical polytechnique polytechnika politechnika politecnico politecnica politekhnicheskii
    polytekniska polytechnische politeknik politehnica polytechnics""",
    "science": """sciences vetenskap vetenskaper vetenskaps vetenskapsakademien wissenschaft wissenschaften ciencia
    ciencias scienza scienze nauk nauki nauka nauchnyi nauchno tiede tieteiden videnskab vitenskap scientific
    scientifique cientifico elm olum bilim bilimler kexue""",
    "engineering": """ingenjor ingenjors ingenieur ingenieurwissenschaften ingenierie ingenieria ingegneria
    inzhenernyi inzhenernii inzynieria engenharia muhendislik gongcheng mohandesi""",
    "national": """nationell nationella nationale nationales nacional nazionale natsionalnyi natsionalnogo
    narodowy ulusal kansallinen nationaal nasjonal melli""",
    "state": """gosudarstvennyi gosudarstvennoe staatliche staatlich statens statlig statliga estatal statale
    panstwowa panstwowy federal federalnyi federalnoe unitarnoe derzhavnyi devlet""",
    "research": """forskning forsknings forskningsinstitut forschung forschungs recherche recherches investigacion
    investigaciones ricerca ricerche issledovatelskii issledovanii tutkimus pesquisa badan onderzoek pajouhesh
    arastirma yanjiu scientificresearch""",
    "medicine": "medical medicinska medicine medicin medizin medizinische medicina meditsinskii medycyny tip pezeshki",
    "royal": "kungliga kunglig kongelige koninklijke royale real konigliche reale",
    "international": "internationell internationella internationale internacional internazionale mezhdunarodnyi",
    "general": "allmanna allgemeine generale obshchii umumi",
    "industry": "industries industrial industri industrie industria promyshlennost promyshlennyi sanaye gongye",
    "trading": "trade handel commerce comercio kommercheskii bazargani tejarat maoyi",
    "development": "utveckling entwicklung developpement desarrollo sviluppo razvitiia",
    "applied": "tillampad angewandte appliquee aplicada prikladnoi karbordi",
    "services": "service tjanster services servicios",
}

KIND: dict[str, str] = {
    word: concept for concept, words in _KINDS.items() for word in (concept, *words.split())
}
DOING: dict[str, str] = {
    word: concept for concept, words in _DOING.items() for word in (concept, *words.split())
}
KIND_CONCEPTS, DOING_CONCEPTS = frozenset(_KINDS), frozenset(_DOING)
PHRASES = (
    ("limited liability company", "llc"),
    ("limited liability partnership", "llp"),
    ("public joint stock company", "pjsc"),
    ("open joint stock company", "ojsc"),
    ("closed joint stock company", "cjsc"),
    ("joint stock company", "jsc"),
    ("joint stock", "jsc"),
    ("obshchestvo s ogranichennoi otvetstvennostiu", "llc"),
    ("obshchestvo s ogranichennoi otvetstvennostyu", "llc"),
    ("obshchestvo s ogranichennoy otvetstvennostyu", "llc"),
    ("publichnoe aktsionernoe obshchestvo", "pjsc"),
    ("otkrytoe aktsionernoe obshchestvo", "ojsc"),
    ("zakrytoe aktsionernoe obshchestvo", "cjsc"),
    ("aktsionernoe obshchestvo", "jsc"),
    ("sociedad anonima", "sa"),
    ("societe anonyme", "sa"),
)
_SAME_FORM = {"ooo": "llc", "oao": "ojsc", "pao": "pjsc", "zao": "cjsc", "ao": "jsc", "limited": "ltd",
    "corporation": "corp", "incorporated": "inc", "company": "co", "private": "pvt"}
PLAIN, KIND_WORD, DOING_WORD, LEGAL_WORD = range(4)


def concept(word: str) -> str:
    """The English concept of a generic word, or the word itself."""
    return KIND.get(word) or DOING.get(word) or _SAME_FORM.get(word) or word


def class_of(word: str) -> int:
    """How much a word (already a concept) can say."""
    if word in KIND_CONCEPTS:
        return KIND_WORD
    if word in DOING_CONCEPTS:
        return DOING_WORD
    return LEGAL_WORD if word in LEGAL else PLAIN
