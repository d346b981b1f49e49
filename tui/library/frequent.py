"""Words that many news texts and briefings have, the most frequent last. Digests are packed with these known beforehand: each
is small, and most of its words would stand in it for the first time."""

FREQUENT = """
Kingdom Africa Brazil Colombia Venezuela German Germany French France British Britain Korea Japan Pakistan India Saudi
Turkey Syria Palestinian Gaza Israeli Israel Iranian Iran Chinese China Ukrainian Ukraine Russian Russia western eastern
northern southern city capital district mayor governor province storm flood earthquake relief aid camps displaced migrants
refugees harvest shortages electricity pipeline energy barrels percent euros dollars million billion deficit budget bank
central reserves inflation currency tariffs imports exports inspectors enrichment uranium nuclear weapons drugs cartels
traffickers narcotics counter police forces army soldiers troops border regional allies cooperation sharing intelligence
anonymity sources officials according spokeswoman statement announced told added declined confirmed stressed insisted warned
urged condemned rejected denied allegations evidence inquiry tribunal prosecutors judge trial charged detained arrested
hostages prisoners victims injured deaths wounded killed casualties civilians humanitarian mediation negotiators
negotiations treaty sovereignty airspace waters territorial coast Navy naval ship vessels vessel drones drone strikes
missiles missile Nations Union European Commission parliament Defense Defence Ministry Prime Minister Foreign spokesperson
ambassador embassy sanctions ceasefire event focus Association additional rivals higher illegal average instead quickly
advisers third increase previous wants provide What real includes moment latest failed documents call referring actions
global rather times Congressional accused When until came provided although action December matter remains raising
difference remaining performance included comes crowd controversial your showed days certain powerful terrorists member
whose known students less responsible announcement growing senior focused proposal decisions ahead does appearance great
ground income proposed raised needed continues beginning background contributions publicly compared critical deal reporter
showing similar within religious interests power became February involved particular four plans polling rhetoric home
communities given positions professor special influence parties telling entering Security approach toward case either
biggest individuals traditional further based largely ultimately large September investment advantage Court often
constitutional course lead happened network records help North everyone speeches corporate enforcement court started
probably audience concerns future supporter weeks language March problems found responded despite news communications
infrastructure always climate morning industry nothing considered past turned shooting helped manager conducted building
poll thing International effort thousands college decades registered acknowledged adviser close having worked pledged
According After foundation African organizations taking certainly challenge account strategist trade votes numbers fight
coming immediately come someone While good thought following doing population interviews remarks platform appeared later
previously comment report independent however outside opposition almost education employees record News chief conversation
results looking such politically difficult program leader release received anything businessman statements Supreme
criticized elected speaking millions supported elections part rights talking need again others here official current nearly
major address voting getting repeatedly then agreement clear described calling Foundation every work place early contest
strong families everything person take social next office actually continue legislation efforts spending long might across
front violence family control Sunday down winning children Justice problem interest Friday same percentage month enough
process relationship history spokesman understand little making nation earlier Senator groups asked response though know
health movement criticism under possible point well points behind position experience trying least suggested expected want
potential leading wrote issue campaigns They policies terrorist system both without continued strategy politicians together
several women polls become international things committee contests number themselves media television never reporters
meeting York increasingly second these presidency himself attention recently This message supporting majority organization
money really companies victory world South back community better significant around race says Democrat leadership attack
group November classified months workers very especially countries released much terrorism foreign opportunity Party
financial night week right vote issues running conference Secretary already decision There made speech military believe make
company three likely economy comments That private since politics director only personal Saturday different executive recent
still reported Committee particularly being working congressional Monday change leaders many questions members even among
senator investigation important saying general Congress public federal last another just Senate while question year policy
business into most something them National where some time Thursday economic attacks like House University Wednesday called
State through secretary whether America during years over security when States think those between debate national
information interview also states should what first United establishment going before were there could than other party
administration Americans Department been including after country former state Tuesday Washington supporters government this
more will which against because election support they American President voters their candidates political people from would
about have candidate president with said presidential campaign that
"""
