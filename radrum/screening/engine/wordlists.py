"""The word lists, written as `fold` writes words: small letters, no accents; concepts end with a colon."""

STOP = """
    a al am an and at av by d da das de dei del della dello dem den der des di die do dos du e el en et
    for fra from fur het i ibn il im in l la las le les lo los na och of og on pa s t the til to ul un und
    une uno van vid von voor w we with y ye z zu zur
"""

LEGAL = """
    ab abp ad ag aktiebolag aktiengesellschaft aktsionernoe anonima anonyme ao aps as asa bhd bv cjsc
    closed co compagnia compagnie compania companies company corp corporacion corporation corporazione cv
    dd dmcc doo eirl eood est ev fzc fzco fze fzllc gesellschaft gk gmbh gongsi gufen inc incorporated
    joint jsc jv kabushiki kaisha kft kg kgaa kk kompaniia kompaniya korporation korporatsiia korporatsiya
    kscc lc limitada limited limitee llc llp lp ltd ltda mbh mmc nv oao obshchestvo ogranichennoi ohg ojsc
    ood ooo open otkrytoe otvetstvennostiu oy oyj pao pjs pjsc pjsco plc private pt pte pty publichnoe pvt
    qsc responsabilite sa sal saltanat sapi sarl sas sasu sdn sharikat sherkat sl slu sociedad societe spa
    spol srl sro stock tbk wll youxian zakrytoe zao zrt
"""

# What kind of institution it is.
KINDS = """
university:
    daehakgyo daigaku daneshgah daneshgahe daxue egyetem gamiat haskoli jameat jamia jamiat panepistimio
    sveuciliste ulikool univ univerity universidad universidade universita universitad universitaet
    universitas universitat universitate universitatea universite universiteit universitesi universitet
    universitetas universitetet universitets universities universtiy univerza univerzita univerzitet
    uniwersytet yliopisto
college:
    ammattikorkeakoulu colegio colleges collegium fachhochschule hochschule hogeschool hogskola hogskolan
    hogskole hogskolen kolej kollegium korkeakoulu
institute:
    enstitu enstitusu inst institut instituta institutes institutet instituti institution instituto
    instituttet institutul instituut instituutti instytut intezet istituto pajouheshgah pazhuheshgah
    yanjiusuo
academy:
    acad academia academie accademia akademi akademia akademie akademiet akademiia akademin akademiya
school:
    ecole escola escuela koulu okulu schools schule scuola shkola skola skolan skole szkola
ministry:
    bakanligi departementet ministere ministerie ministeriet ministeriia ministerio ministerium ministero
    ministerstvo vezarat wizarat
center:
    cent centers centre centres centret centro centru centrum ctr keskus markaz markazi merkezi senter
    tsentr zentrum zhongxin
laboratory:
    lab laboratoire laboratories laboratoriet laboratoriia laboratorio laboratorium labs
hospital:
    clinic hastanesi hopital hospitals klinikum krankenhaus ospedale sairaala sjukhus sjukhuset sygehus
bank:
    banca banco banka bankasi banken banque pankki
foundation:
    fond fondation fondazione fonden fondet fund fundacion saatio stiftelse stiftelsen stiftung vakfi
agency:
    agence agencia agentstvo agentur agenzia ajansi myndighet myndigheten virasto
council:
    conseil consejo consiglio neuvosto rad radet rat soviet
society:
    association forening gesellschaft sallskap sallskapet selskab seura sociedad societa societe
enterprise:
    enterprises firma foretag foretaget predpriiatie predpriyatie unternehmen
group:
    groupe grupo grupp gruppa gruppe gruppo holding holdings
factory:
    fabrica fabrik fabrique kombinat plant works zavod
bureau:
    biuro buero buro byuro kontor office
organization:
    organisation organisationen organizacion organizatsiia organizatsiya organizzazione sazman
department:
    abteilung avdelning avdelningen departamento departement dept dipartimento faculty fakultet kafedra
museum:
    musee museet museo muzei muzeum
library:
    biblioteca bibliotek biblioteket bibliothek bibliotheque kirjasto
"""

# What many institutions do.
DOING = """
technology:
    sanaati sanati tech technical techniczna techniczny technik technique technische technischen
    technological technologie technologies technologii technologique tecnica tecnico tecnologia
    tecnologica tecnologico tehnicki tehnika tehnologii tekhnicheskii tekhnicheskogo tekhnologicheskii
    tekhnologii tekniikka teknik teknillinen teknisk tekniska tekniske teknologi teknologiska teknoloji
polytechnic:
    politechnika politecnica politecnico politehnica politekhnicheskii politeknik polytechnical
    polytechnics polytechnika polytechnique polytechnische polytekniska
science:
    bilim bilimler ciencia ciencias cientifico elm kexue nauchno nauchnyi nauk nauka nauki olum sciences
    scientific scientifique scienza scienze tiede tieteiden vetenskap vetenskaper vetenskaps
    vetenskapsakademien videnskab vitenskap wissenschaft wissenschaften
engineering:
    engenharia gongcheng ingegneria ingenieria ingenierie ingenieur ingenieurwissenschaften ingenjor
    ingenjors inzhenernii inzhenernyi inzynieria mohandesi muhendislik
national:
    kansallinen melli nacional narodowy nasjonal nationaal nationale nationales nationell nationella
    natsionalnogo natsionalnyi nazionale ulusal
state:
    derzhavnyi devlet estatal federal federalnoe federalnyi gosudarstvennoe gosudarstvennyi panstwowa
    panstwowy staatlich staatliche statale statens statlig statliga unitarnoe
research:
    arastirma badan forschung forschungs forskning forsknings forskningsinstitut investigacion
    investigaciones issledovanii issledovatelskii onderzoek pajouhesh pesquisa recherche recherches
    ricerca ricerche scientificresearch tutkimus yanjiu
medicine:
    medical medicin medicina medicine medicinska meditsinskii medizin medizinische medycyny pezeshki tip
royal:
    kongelige konigliche koninklijke kunglig kungliga real reale royale
international:
    internacional internationale internationell internationella internazionale mezhdunarodnyi
general:
    allgemeine allmanna generale obshchii umumi
industry:
    gongye industri industria industrial industrie industries promyshlennost promyshlennyi sanaye
trading:
    bazargani comercio commerce handel kommercheskii maoyi tejarat trade
development:
    desarrollo developpement entwicklung razvitiia sviluppo utveckling
applied:
    angewandte aplicada appliquee karbordi prikladnoi tillampad
services:
    service services servicios tjanster
"""

# Other spellings of a legal form.
FORMS = """
    ooo:llc oao:ojsc pao:pjsc zao:cjsc ao:jsc limited:ltd corporation:corp incorporated:inc company:co
    private:pvt
"""

# Several words that are one legal form; the longest first.
PHRASES = {
    "limited liability company": "llc",
    "limited liability partnership": "llp",
    "public joint stock company": "pjsc",
    "open joint stock company": "ojsc",
    "closed joint stock company": "cjsc",
    "joint stock company": "jsc",
    "joint stock": "jsc",
    "obshchestvo s ogranichennoi otvetstvennostiu": "llc",
    "obshchestvo s ogranichennoi otvetstvennostyu": "llc",
    "obshchestvo s ogranichennoy otvetstvennostyu": "llc",
    "publichnoe aktsionernoe obshchestvo": "pjsc",
    "otkrytoe aktsionernoe obshchestvo": "ojsc",
    "zakrytoe aktsionernoe obshchestvo": "cjsc",
    "aktsionernoe obshchestvo": "jsc",
    "sociedad anonima": "sa",
    "societe anonyme": "sa",
}
