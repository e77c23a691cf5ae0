"""Words by which `wording.py` recognises that a text speaks of a person. Written for this, from no register.

The names are common ones that came to mind, in many languages so that nobody's name is let through because of
where it is common. A name that is not here is found by a title before it, or not at all.
"""

# Before a name. Capital letters do not matter for the longer ones.
TITLES = (
    r"[Pp]rofessor|[Pp]rof|[Dd]ocent|[Dd]oktor|Dr|dr|[Ll]ektor|[Ff]orskaren|[Dd]oktoranden|[Ss]tudenten|"
    r"[Pp]ostdoktorn|[Hh]err|[Ff]ru|Mr|Mrs|Ms|Miss"
)

# People, as a plan calls them.
PERSONS = (
    r"forskare\w*|doktorand\w*|student\w*|postdok\w*|professor\w*|kolleg\w*|gäst\w*|ingenjör\w*|"
    r"person\w*|medarbetare\w*|anställd\w*|man|män|kvinn\w+|medborgare\w*|researchers?|scholars?|"
    r"students?|postdocs?|scientists?|colleagues?|engineers?|nationals?|citizens?|visitors?|man|"
    r"men|wom[ae]n|people"
)

_SWEDISH = (
    "afghansk albansk algerisk amerikansk argentinsk armenisk australisk azerbajdzjansk bangladeshisk "
    "belarusisk belgisk bosnisk brasiliansk brittisk bulgarisk chilensk colombiansk dansk egyptisk "
    "eritreansk estnisk etiopisk filippinsk finsk fransk georgisk ghanansk grekisk indisk indonesisk "
    "irakisk iransk irländsk israelisk italiensk japansk jordansk kanadensisk kazakisk kenyansk kinesisk "
    "kroatisk kubansk kurdisk lettisk libanesisk libysk litauisk malaysisk marockansk mexikansk mongolisk "
    "nederländsk nepalesisk nigeriansk nordkoreansk norsk pakistansk palestinsk polsk portugisisk rumänsk "
    "rysk saudisk serbisk singaporiansk slovakisk somalisk spansk sudanesisk sydafrikansk sydkoreansk "
    "syrisk taiwanesisk thailändsk tjeckisk tunisisk turkisk tysk ukrainsk ungersk uzbekisk venezuelansk "
    "vietnamesisk österrikisk"
)
_ENGLISH = (
    "afghan albanian algerian american argentinian armenian australian azerbaijani bangladeshi belarusian "
    "belgian bosnian brazilian british bulgarian canadian chilean chinese colombian croatian cuban czech "
    "danish dutch egyptian eritrean estonian ethiopian filipino finnish french georgian german ghanaian "
    "greek hungarian indian indonesian iranian iraqi irish israeli italian japanese jordanian kazakh "
    "kenyan korean kurdish latvian lebanese libyan lithuanian malaysian mexican mongolian moroccan nepali "
    "nigerian norwegian pakistani palestinian polish portuguese romanian russian saudi serbian "
    "singaporean slovak somali spanish sudanese syrian taiwanese thai tunisian turkish ukrainian uzbek "
    "venezuelan vietnamese"
)
# “en kinesisk doktorand”; not “ett kinesiskt universitet”. Swedish and European are left out: they say where
# somebody works far more often than where somebody comes from.
DEMONYMS = "|".join([*(f"{word}a?" for word in _SWEDISH.split()), *_ENGLISH.split()])

GIVEN_NAMES = frozenset(
    """
    adam ahmed aisha aleksandr alex alexander alexandra ali alice alma amanda amina amir ana anders
    andrea andreas andrei andrew anette anita anja ann anna anne annika anton arash arne astrid august
    axel barbro bengt benjamin berit bertil birgitta bo boris britta bruno camilla carina carl carlos
    carolina caroline catarina cecilia charlotte chen chiara christer christian christina claes clara
    claudia conny dag daniel daria david dmitri ebba edvard eino elena elias elin elisabeth ella ellen
    elsa emil emilia emma eric erica erik erika ester eva evelina fatima felix fernando filip folke
    fredrik frida gabriel georg giovanni giulia greta gunilla gunnar gustav göran hanna hannah hans
    hassan helen helena helene helga henrik hiroshi hugo håkan ibrahim ida igor inga ingela ingemar
    inger ingrid irina isabella isak ivan jacob jakob james jan jane janne jennifer jens jessica jing
    joakim joanna johan johanna john johnny jonas jonathan jorge josef josefin joseph josé juan julia
    julie kajsa karen karim karin karl katarina katharina kenji kenneth kerstin khalid kim kjell klara
    klas kristian kristina kristoffer lars laura layla leif leila lena lennart leo li liam lina linda
    linn linnea lisa liv lotta louise lova lucas ludvig luis lukas magdalena magnus malin marcus
    margareta maria marianne marie markus martin mary mateusz mathias matilda matteo mattias mehdi
    mehmet mei michael miguel mikael mikhail mohamed mohammad mohammed mona monica monika muhammad nadia
    natalia natasha nicole nils nina noah nora oleg olena olga olivia olle olof omar oscar oskar patrik
    paul paula pavel pedro per peter petra pia piotr priya rahul raj ramona rebecka reza richard robert
    roberto robin roger roland rolf rosa rose ruth sabina samir samuel sandra sanna sara sarah sebastian
    sergei simon siri sofia sofie sophie staffan stefan stefania stig stina sune susan susanna susanne
    sven svetlana tariq tatiana therese thomas tobias tomas tomoko tora tove tuva ulf ulla ulrika
    valentina vera victor viktor viktoria vladimir wei wilhelm william xin yan yasmin yuki yusuf zahra
    åke åsa örjan
    """.split()  # noqa: SIM905  (words in quotation marks are not easier to read)
)

# After a given name that is also a place's or a founder's: an institution, not a person.
NOT_SURNAMES = frozenset(
    """
    university universitet universitetet college institute institutet institut högskola högskolan school
    skola academy akademi akademin laboratory lab center centre centrum hospital sjukhus sjukhuset
    foundation stiftelse stiftelsen fond fund museum library bibliotek archive arkiv press network
    nätverk program programme prize pris medal medalj street gatan lake river island sound bay valley
    county state och and i på vid at in of for tekniska technical technology universitets forskning
    research award fellowship
    """.split()  # noqa: SIM905  (words in quotation marks are not easier to read)
)
