"""The vocabulary of attribution: which words report speech, which name people by what they are, which begin no name.

Closed classes (pronouns, determiners, prepositions) are whole; the open ones hold what English news uses most, and a rule
that meets a word outside of them says less, never something else.
"""

from __future__ import annotations


def _forms(bases: str) -> frozenset[str]:
    """Every inflected form of regular verbs, and of the irregular ones written as base/past/participle."""
    found: set[str] = set()
    for verb in bases.split():
        base, *others = verb.split("/")
        found |= {base, *others}
        if base.endswith("y") and base[-2] not in "aeiou":
            found |= {base[:-1] + "ies", base + "ing"} | (set() if others else {base[:-1] + "ied"})
        elif base.endswith("e"):
            found |= {base + "s", base[:-1] + "ing"} | (set() if others else {base + "d"})
        elif base.endswith(("s", "sh", "ch", "x", "z", "o")):
            found |= {base + "es", base + "ing"} | (set() if others else {base + "ed"})
        else:
            found |= {base + "s", base + "ing"} | (set() if others else {base + "ed"})
    return frozenset(found)


SAY = _forms(
    "say/said tell/told write/wrote/written add ask tweet retweet note explain state declare reply conclude argue describe suggest warn insist "
    "admit/admitted/admitting claim answer shout urge vow announce acknowledge assert recall respond predict continue lament remark observe comment complain "
    "confess/confessed/confesses concede confirm contend counter cry/cried/cries demand deny/denied/denies emphasize emphasise "
    "exclaim find/found boast joke quip/quipped/quipping mutter muse pledge proclaim promise quote read report reveal scoff snap/snapped/snapping "
    "stress/stressed/stresses swear/swore tout testify/testified yell whisper wonder reiterate repeat retort recount opine interject implore "
    "hint groan gush/gushed grumble growl fume elaborate echo/echoed/echoes deadpan/deadpanned crow chant charge caution blast bemoan beg/begged/begging "
    "believe agree advise allege assure affirm apologize bark beam brag/bragged/bragging call challenge chide clarify/clarified comfort command "
    "conjecture  decry/decried/decries denounce disclose discuss/discussed/discusses dismiss/dismissed/dismisses dub/dubbed/dubbing email e-mail "
    "estimate express/expressed/expresses foresee/foresaw forecast grouse guess/guessed/guesses hail hope imply/implied/implies inform inquire "
    "instruct interrupt jeer  label lash/lashed lecture maintain marvel mention mock moan object offer  pen/penned/penning plead  post "
    "praise press/pressed/presses profess/professed propose protest provoke question   rant reason reassure recommend recite refer/referred/referring "
    "reflect  relate remember remind  scold scream scrawl sigh signal slam/slammed/slamming speculate specify/specified "
    "  submit/submitted surmise tease teach/taught thank think/thought thunder  toast "
    " trumpet understate utter venture  volunteer wail wisecrack worry/worried riff/riffed reprise assail attack accuse condemn criticize criticise "
    "characterize characterise compare portray  cite deride denigrate ridicule refute rebuff/rebuffed rebut/rebutted   "
    "  reckon concur/concurred deem/deemed invoke highlight outline underscore endorse credit brand blame "
    " advocate announce broadcast caption circulate   telegraph twitter facebook blog/blogged/blogging "
    "pronounce preach intone inveigh harangue fret/fretted/fretting huff hiss/hissed holler hector  gripe gloat exhort espouse enthuse dispute "
    "  conclude congratulate commend champion chastise celebrate castigate berate  bellow banter  analyze "
    "anticipate articulate attest aver/averred avow agonize acclaim rejoin ruminate sermonize simper snarl sneer snicker sniff/sniffed "
    "sob/sobbed sputter squeal stammer summarize summarise taunt threaten  translate  urge verify/verified  whine demur/demurred "
    " editorialize encourage expound  reaffirm restate recollect relay remonstrate rhapsodize scribble shrug/shrugged shriek  spout  swipe "
    "    indicate coin reference herald defend rate identify frame voice applaud retaliate ponder sing/sang crack interrupt pose posit theorize hypothesize project rationalize laugh shoot/shot fire point/pointed put/put begin/began blare chime chuckle chortle crow grin growl smile smirk  "
)
"""Verbs that report speech or, before words in marks, take them up."""

BASES = frozenset(
    base for base in SAY if base + "s" in SAY or base + "es" in SAY or base[:-1] + "ies" in SAY
) - {"read"}  # fmt: skip
"""The forms that go with they and we alone, and after “to” or “will”: behind a name they are nouns."""
PHRASAL = {
    "shot": "back",
    "shoot": "back",
    "fired": "back",
    "fire": "back",
    "shoots": "back",
    "fires": "back",
    "pointed": "out",
    "points": "out",
    "pointing": "out",
}
"""Verbs that report speech with this word behind them alone."""

SURE = _forms(
    "say/said tell/told write/wrote/written add ask tweet note explain state declare reply conclude argue warn insist admit/admitted/admitting claim answer shout "
    "announce acknowledge assert recall respond predict continue lament remark observe comment complain concede confirm contend counter "
    "emphasize emphasise exclaim joke quip/quipped/quipping muse pledge proclaim promise report scoff stress/stressed/stresses yell wonder reiterate "
    "retort recount opine interject elaborate echo/echoed/echoes chant caution suggest vow allege agree post quote read testify/testified "
    "whisper mutter cry/cried/cries scream call describe"
)
"""Of these the ones that hardly do anything else."""
REPORTS = SURE - _forms("ask call chant continue describe quote read")
"""Of these again the ones behind which “that” begins what was said."""
TELLING = _forms("tell/told warn caution promise")
"""Behind which stands whom it was told."""
BARE = frozenset(("state", "states")) | _forms("respond recount recall")
"""Which are nouns too, or have other complements: only right behind them does “that” tell what was said."""

INVERTS = _forms(
    "say/said write/wrote/written add ask tweet note explain state declare reply conclude argue warn insist admit/admitted/admitting answer shout announce "
    "acknowledge assert recall respond predict continue lament remark observe comment complain concede contend counter exclaim joke "
    "quip/quipped/quipping muse proclaim report scoff yell wonder reiterate retort opine interject elaborate echo/echoed/echoes suggest "
    "read boast agree confess/confessed/confesses caution chant cry/cried/cries begin/began blare thunder gush/gushed lament"
)
"""Behind a quote these may stand before their subject: “…,” said Petro."""

HE = frozenset("he him his himself".split())
SHE = frozenset("she her hers herself".split())
SUBJECTS = frozenset("he she they it we i you who which that".split())
LOOSE = frozenset("one some many others everyone someone anyone both another several all most few none".split())
"""These are subjects only where they stand right before their verb."""
PRONOUNS = (
    HE | SHE | frozenset("they them their theirs themselves it its itself we us our i me my you your who whom whose".split())
)
DETERMINERS = frozenset(
    "a an the one another some several many most few no any each every both this that these those his her their its our my your two three four five six seven "
    "eight nine ten dozens hundreds thousands other".split()
)
PREPOSITIONS = frozenset(
    "of in on at by for from with to about after before during under over against between among through into onto upon within without toward towards "
    "despite since until as than like near beside behind beyond across along around outside inside per via including regarding concerning amid amongst "
    "throughout following".split()
)
JOINS = frozenset(
    "and but or nor yet so while when as because although though if after before since until whereas where once whether that unless".split()
)
AUXILIARIES = frozenset(
    "has have had having is are was were be been being will would shall should can could may might must do does did to ’s ’d ’ve ’re ’ll ’m 's 'd hasn’t didn’t "
    "doesn’t isn’t wasn’t wouldn’t couldn’t won’t don’t get gets got kept keeps began begins started".split()
)
ADVERBS = frozenset(
    "also then later once still again even often never just simply only further too now quickly always already sometimes soon thus instead "
    "first last not n’t ever twice there here today yesterday tonight tomorrow almost quite rather perhaps maybe elsewhere afterward afterwards meanwhile however "
    "himself herself themselves itself famously next long".split()
)
STOPS = PREPOSITIONS | JOINS | AUXILIARIES | PRONOUNS | frozenset({"not", "who", "which"})
"""No noun phrase goes on over these."""
ALSO_NOUNS = frozenset("state press protest post charge attack report".split())
"""Verbs that report speech and, before a noun, are nouns."""
PLAIN = frozenset("said says say told tells tell wrote writes write read reads found saw put went meant".split())
"""The plainest of these verbs, and some that everybody can do."""
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TIMES = frozenset(
    (
        *MONTHS,
        *DAYS,
        *"Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sep. Sept. Oct. Nov. Dec. Christmas Easter Thanksgiving Ramadan".split(),
    )
)

TITLES = frozenset(
    "Mr Mrs Ms Miss Dr Sen Sens Senator Senators Rep Reps Representative Gov Governor President Secretary Gen General Judge Justice Rev Reverend Pastor Sir Lord Lady Dame "
    "Prof Professor Col Colonel Lt Sgt Sergeant Capt Captain Adm Admiral Maj Major Cmdr Mayor Speaker Congressman Congresswoman Chairman "
    "Chairwoman Chair Director Minister Chancellor Premier King Queen Prince Princess Pope Bishop Archbishop Cardinal Rabbi Imam Sheikh Ayatollah "
    "Ambassador Attorney Counselor Commissioner Sheriff Officer Detective Chief Commander Coach Leader Spokesman Spokeswoman Spokesperson "
    "Baroness Baron Count Duke Duchess Earl Father Sister Brother Mother Deputy Assistant Treasurer Lieutenant Marshal Emperor "
    "Strategist Analyst Economist Editor Correspondent Columnist Reporter Author Host Candidate Nominee Councilman Councilwoman Coordinator "
    "Superintendent Inspector Constable Nurse Principal Dean Provost Administrator Undersecretary Adviser Advisor Consultant".split()
)
DOTTED = frozenset(
    "Mr Mrs Ms Dr Sen Sens Rep Reps Gov Gen Rev Prof Col Lt Sgt Capt Adm Maj Cmdr Hon St Jr Sr Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov "
    "Dec Inc Corp Co Ltd Bros No vs etc Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis "
    "Wyo Ala Ariz Ark Calif Colo Conn Del approx Messrs Supt Insp Pvt Cpl Pres Dept Ave Blvd Mt Ft".split()
)
PARTICLES = frozenset(
    "de la le van von der den del della di da dos du al el bin ibn ben bint abu al- y e ter ten zu af".split()
)
SUFFIXES = frozenset("Jr Sr Jr. Sr. II III IV".split())

PEOPLE = frozenset(
    "user advocate appointee apologist artist astronaut athlete bidder boxer builder buyer carpenter chef client composer contributor cop creator detective dealer driver editorialist farmworker financier firebrand foe governor-elect hacker heir hunter hero insurgent interviewer librarian mentor merchant migrant miner musician negotiator nun operator painter pioneer planner plumber poet practitioner programmer prophet psychiatrist publisher rapper ranger reformer registrar rebel recruit skier secularist servant settler shopper sponsor stylist superdelegate therapist tourist tutor underdog watcher welder wonk accountant activist actor actress adviser advisor adviser affiliate agent aide ally ambassador analyst anchor announcer assistant associate attendee attorney author "
    "backer banker billionaire biographer blogger boss broadcaster businessman businesswoman businessperson campaigner candidate captain cardinal caller "
    "caucusgoer chair chairman chairwoman champion chancellor chief citizen clergyman cleric clerk coach colleague columnist comedian commander commentator "
    "commissioner congressman congresswoman conservative consultant contender contractor correspondent councillor councilman councilwoman counsel counselor counterpart "
    "coordinator critic daughter dean defender delegate democrat demonstrator deputy designer developer diplomat director "
    "dissident doctor donor economist editor educator employee engineer entrepreneur envoy evangelist executive expert farmer father founder fan fellow filmmaker fighter "
    "firefighter friend front-runner frontrunner fundraiser general governor graduate grandfather grandmother guard guest heckler "
    "head historian homemaker host husband immigrant imam independent inmate insider inspector instructor intellectual interpreter investigator investor "
    "jeweller journalist judge juror justice king lawmaker lawyer leader lecturer legislator liberal libertarian lieutenant lobbyist magistrate manager "
    "man marine mathematician mayor member minister moderator mogul monarch mother muslim neighbor neighbour neurosurgeon nominee novelist nurse observer officer official "
    "operative opponent organizer organiser owner panelist parent participant passenger pastor patient patron people person philanthropist philosopher physician pilot "
    "player policeman politician pollster pope preacher premier president priest prime prince princess principal prisoner producer professor "
    "progressive prosecutor protester protestor psychologist publicist pundit queen questioner rabbi rancher reader receptionist refugee regulator reporter representative "
    "republican researcher resident respondent retiree rival runner sailor salesman scholar scientist secretary senator sheriff sibling singer sister "
    "skeptic socialist sociologist soldier son source speaker speechwriter spokesman spokesperson spokeswoman staffer star statesman statistician strategist "
    "student supporter surgeon surrogate survivor suspect teacher technician teenager treasurer trader trainer translator trooper "
    "trustee tycoon veteran viewer victim visitor volunteer voter vendor vice waiter waitress warden wife winner witness woman worker writer youth brother "
    "boy girl child kid lady guy gentleman someone somebody everyone nobody others some many americans democrats republicans "
    "audience crowd jury panel team group family couple men women children teenagers police troops prosecutors lawmakers media press folks "
    "narrator moderator cyclist cashier bartender barber butcher baker electrician mechanic roofer janitor trucker conductor violinist guitarist drummer pianist "
    "dancer choreographer sculptor photographer cameraman vlogger influencer gamer hiker swimmer golfer goalkeeper midfielder quarterback referee umpire jockey "
    "bishop archbishop monk deacon reverend chaplain missionary worshipper pilgrim villager chieftain elder warlord militant jihadist gunman shooter bomber hijacker "
    "smuggler trafficker hostage captive detainee deserter defector exile whistleblower whistle-blower informant spy sniper paramedic medic dentist midwife "
    "pharmacist oncologist epidemiologist virologist biologist chemist physicist astronomer geologist climatologist ecologist meteorologist forecaster seismologist "
    "archaeologist anthropologist criminologist demographer geographer linguist curator archivist auditor bookkeeper broker landlord tenant realtor homeowner renter "
    "taxpayer pensioner widow widower orphan bride groom uncle aunt cousin nephew niece grandson granddaughter stepson stepfather godfather twin toddler teen adult "
    "pupil freshman sophomore headmaster superintendent provost babysitter nanny housekeeper maid butler bodyguard bouncer doorman intern trainee apprentice cadet "
    "corporal sergeant colonel admiral brigadier airman paratrooper peacekeeper monitor ombudsman mediator arbitrator plaintiff defendant litigant petitioner "
    "appellant bailiff coroner undertaker eyewitness bystander passerby onlooker spectator pedestrian motorist commuter traveler traveller evacuee looter rioter "
    "picketer unionist steelworker autoworker dockworker fisherman logger shepherd brewer grocer shopkeeper retailer manufacturer supplier importer exporter tweeter "
    "commenter correspondent caucus-goer co-host coauthor co-author cofounder co-founder cochairman co-chair anchorwoman anchorman".split()
)
"""Common nouns for people, singular, and some plurals that are none of their own."""
SEVERAL = frozenset(
    "americans democrats republicans men women children teenagers police troops prosecutors lawmakers folks people audience crowd jury panel team group family "
    "couple media press some many others everybody everyone nobody all most few both several two three four none".split()
)
"""Of the words for people, those for more than one."""
BODIES = frozenset(
    "account ad administration advertisement advisory affidavit agency agreement alliance analysis announcement article army association assembly authority authorities bank "
    "biography bill billboard blog board book broadcaster brief bureau cabinet campaign caption center charter church clause club coalition column commission committee company "
    "complaint conference congress constitution council court decision department directive division document editorial email e-mail embassy essay "
    "faction federation filing film firm foundation fund government graphic headline indictment institute institution invitation interview judgment judgement kremlin "
    "law lawsuit leaflet legislation legislature letter mailer magazine manifesto memo memoir memorandum message military ministry movement network newsletter "
    "newspaper note notice obituary office opinion order organization organisation outlet page pamphlet paper party petition piece placard plan platform poem policy poll pool post poster "
    "preamble presentation proclamation program programme project publication questionnaire quotation reading regime release report resolution review "
    "ruling rules section service shirt show sign site slogan song speech staff statement states store story study subhead suit "
    "summary survey sweatshirt t-shirt text think-tank thread title transcript treaty tweet union university verdict version video wall warrant watchdog website "
    "wire bumper sticker banner button board bench".split()
)
"""Common nouns for bodies and papers, which say things too."""
ROLES = frozenset(
    "president senator governor congressman congresswoman secretary candidate nominee mogul billionaire businessman tycoon developer leader minister chancellor premier "
    "king queen pope prince princess mayor speaker chairman chairwoman director judge justice professor ambassador front-runner frontrunner neurosurgeon surgeon "
    "general commissioner chief spokesman spokeswoman spokesperson strategist adviser advisor lawyer attorney pollster manager author columnist "
    "host pastor historian economist analyst politician lawmaker representative democrat republican socialist libertarian lady "
    "star comedian actor actress singer doctor officer coach contender official aide consultant executive founder activist editor reporter scholar expert "
    "daughter son wife husband magnate veteran".split()
)
"""What one person may be called for, once the text has said who it is."""

NO_NAMES = frozenset(
    "the a an and but or nor so yet for in on at by to from of with as if when while although though because since after before until once unless "
    "he she it they we i you his her its their our my your this that these those there here who what which where why how all both each every some any no "
    "many most few several other another one two three four five six seven eight nine ten now then today yesterday tomorrow tonight still even also "
    "just only not never always often perhaps maybe however meanwhile moreover instead indeed according asked under over about against among between "
    "during within without despite like unlike such than more less much first last next later earlier soon again let is are was were be been has have had do "
    "does did can could will would should may might must yes please well thank thanks ok oh hey hi dear amid amidst either neither whether rather quite too very "
    "recently finally additionally furthermore nevertheless nonetheless similarly likewise otherwise therefore thus hence eventually ultimately "
    "those given asked speaking citing noting adding saying calling see related photo image advertisement share follow "
    "updated correction abstract full text story live copyright "
    "part think whatever whoever only plus back down up out off through throughout across behind beyond around near toward by "
    "nearly almost about some roughly exactly more fewer dozens hundreds thousands millions anyone everyone someone nobody nothing everything something "
    "else elsewhere early late long short".split()
)
"""Capitalised at the head of a sentence, these are no names."""

OPENERS = frozenset(
    "above absolutely access activists actual add additional advisers ages aides allies alongside already alternative analysts answers anti anybody "
    "anything apart apparently approval article articles aside attacks attempts attendees audiences authorities based battleground becoming being believe "
    "best better big billionaires borders bringing business businesses calls campaign campaigns candidate candidates case caucuses certain certainly "
    "chances change changes choose clearly close combined comments companies compared concerns conservatives considering contests continued continuing "
    "critics crowds current dangerous data day days debate debates decades defenders delegates democracy details digital documents doing double due easily "
    "education effective election elections emails employees enough especially events ever everybody everywhere experts facts families fans far fewer "
    "figures finding findings folks followers following foreign former free friends front full fundraising further general generations getting girls going "
    "gone good great groups guests guns half happy hard having he'd headlines hearings help he’d he’ll he’s high higher himself historically history hours "
    "huge hundreds illegal immediately immigrants immigration including increasingly independents individuals initially inside insiders investigators "
    "investors isn’t it’s jobs journalists judges key kids largely last lately lawmakers laws lawyers leaders leading left legal letters likely listen "
    "little local longtime look looking lots low lower major members men messages military minutes mistakes moments momentum money months more morning "
    "multiple names nationally nearby neighbors networks newly news newspapers night none normal note nuclear numbers obviously officers officials older "
    "onlookers open opinions opponents organizers others outside overall parents participants particularly past pause people perfect personally phone plans "
    "plenty police policies politically politicians politics polling polls pollsters poor power presidents presumably pretty previously private probably "
    "programs progressives prominent proponents prosecutors protesters protests public questions quick quickly radical readers real really reasons records "
    "regardless relatives remember repeatedly reporters reports republicans researchers residents results rivals rules rumors safety sales scholars "
    "scientists senior separately seriously several shares she'd she’s shortly signs similar simply single slogans small so-called soldiers sometimes "
    "sources specifically spectators spokesmen staffers standing starting states students subsequent successful suddenly supporters supposedly sure surveys "
    "talk taxes teachers technology tests that’s there’s they’re they’ve thing things thinking third times to-do together top total traditionally trouble "
    "truth turns typically undecided unfortunately users usually various vendors veterans victims viewers violence visitors volunteers vote voters votes "
    "wages watching weeks we’re we’ve what’s who’s wild winning witnesses women words workers worse years young younger you’re".split()
)
"""Common words of the news: one alone at the head of a sentence is no name."""

BODY_HEADS = frozenset(
    "Administration Agency Alliance Army Assembly Association Authority Bank Board Brigade Bureau Cabinet Campaign Center Centre Church Club Coalition College "
    "Commission Committee Conference Congress Convention Corporation Corps Council Court Department Embassy Federation Force Forces Forum Foundation Front Fund Government "
    "Group Guard Guild House Initiative Institute Institution Journal League Legislature Magazine Ministry Mission Movement Nations Navy Network News "
    "Office Organization Organisation Organizations PAC Parliament Party Police Post Press Program Project Radio Review Senate Service Services Society State Street Team Television "
    "Times Treasury Trust Tribune Tribunal Union University Watch Works School Hospital Museum Library Herald Globe Register Chronicle Gazette Observer Guardian "
    "Inc Inc. Corp Corp. Co Co. Ltd Ltd. LLC Company Industries Holdings Airlines Motors Partners Associates Systems Technologies Act Law Treaty Agreement "
    "Convention Accord Amendment Constitution Caucus Command Fleet Squad Task Strike".split()
)
FIRMS = frozenset(
    "Inc Inc. Corp Corp. Co Co. Ltd Ltd. LLC Company Corporation Industries Holdings Airlines Motors Partners Technologies PLC plc AG GmbH".split()
)
PUBLIC = frozenset(
    "Administration Agency Army Assembly Bureau Cabinet Commission Congress Council Court Department Embassy Government Guard House Legislature Ministry Navy Nations Office Parliament "
    "Police Senate Service Treasury Tribunal Pentagon Force Forces Corps Fleet Union".split()
)

MALE = frozenset(
    """aaron abdul abdullah abraham adam adrian ahmed al alan albert alejandro alex alexander alexei alfred ali allan allen alvaro amir anders anderson andre andreas andrew andy
    angus antonio antonin anthony anton armando arnold arthur austin barack barry bart ben benjamin bernard bernie bill billy bob bobby boris brad bradley brandon brendan brent bret brett
    brian bruce bryan byron caleb calvin cameron carl carlos cesar chad charles charlie chester chris christian christopher chuck claude clay cliff clinton colin conor corey cory craig
    curtis dale damian dan daniel darrell darren dave david dean dennis denis derek desmond diego dick dmitri dominic don donald doug douglas drew duncan dwight earl ed eddie edgar eduardo edward
    edwin eli elliot elliott emilio emmanuel enrique eric erik ernest ernesto eugene evan fabian felipe felix fernando francis francisco francois frank franklin fred frederick gabriel gary gavin gene geoff
    geoffrey george gerald gerard gerry gideon gilbert giovanni glen glenn gordon graham grant greg gregory guillermo gus gustavo guy hank hans harold harry harvey hassan hector henri henry
    herbert herman hiroshi horace howard hugh hugo ian ibrahim igor ilya isaac ivan jack jackson jacob jacques jaime jake jamal james jamie jan jared jason javier jay jean jeb jeff jefferson
    jeffrey jeremy jerome jerry jesse jesus jim jimmy joe joel johan john johnny jon jonathan jonah jordan jorge jose josef joseph josh joshua juan julian julio justin karl keith ken kenneth kevin khalid khizr kofi kurt kyle
    lamar lance larry lars laurence lawrence lee len leo leon leonard leonardo leroy leslie lewis liam lindsey lionel lloyd louis lou luca lucas luis luke luther magnus manuel marc marcel marco marcus mario
    mark marshall martin marvin mateo matt matthew maurice max maxim mel merrick michael michel miguel mikhail mike milo milton mitch mitchell mitt mohamed mohammad mohammed morgan moses muhammad nathan nathaniel
    neil nelson newt nicholas nick nicolas nigel noah noam norman oleg oliver omar orlando orrin oscar otto owen pablo pat patrick paul pedro pete peter phil philip phillip pierre rafael rahm ralph ramon rand
    randy raul ray raymond reginald reince rene reuben rex reza ricardo rich richard rick ricky rob robby robert roberto robin rod rodney rodrigo roger roland ron ronald ross rowan roy ruben rudolf rudolph rudy rupert russ
    russell ryan salman salvador sam samuel santiago saul scott sean sebastian sergei sergey sergio seth shane shawn sheldon sidney simon solomon spencer stan stanley stefan stephen sterling steve steven stewart
    stuart ted terence terrence terry thad theodore thomas tim timothy tobias todd tom tomas tommy tony travis trent trevor trey tucker tyler tyrone vaclav vernon victor vince vincent viktor vladimir volker wade walter warren wayne
    wendell wesley will willem william winston wolf xavier yusuf zach zachary
    adolf ammon antony arturo augustus basil beto bilal boyd bradford brock bryce burt carlton cedric chet clarence clark clayton clifford clint clyde
    cornell cornelius cyrus damon darius darryl daryl derrick dexter dinesh dirk dmytro duane dustin dwayne dylan dylann efrain elon ernie esteban
    floyd fritz geraldo gerardo gilberto giuseppe grady hakeem hany harrison henrik hubert ignacio isaiah ivo jens joaquin joaquín johannes julius
    kareem karim keir kelvin kermit kieran kirk klaus lamont leland lester levar lorenzo lowell lyle lyndon mahmoud malcolm malik marcelo marcos
    mariano marlon marty mauricio maxwell mehmet mick monte morris morton murray mustafa nate ned noel nolan norm norris olaf percy perry preston
    quentin quincy ramiro ramón randall raúl ravi reggie richie rolando roscoe rubén rufus saddam sammy sherrod silvio sylvester tad tariq thaddeus
    theo thurgood toby tomás troy vance vicente vikram vinod virgil vivek volodymyr wallace wally walt werner wes wilbur wilfred willard willie willis
    zeke""".split()
)
FEMALE = frozenset(
    """abby abigail ada adele adriana agnes aisha alana alexandra alexandria alice alicia alison allison alyssa amanda amber amelia amina amy ana andrea angela angelina anita ann anna anne annette annie april ariana ariel
    arianna ashley astrid audrey aung ava barbara beatrice becky belinda bernadette beth bethany betsy betty beverly blanca bonnie brenda bridget brigitte brooke caitlin camila candace candice carla carly carmen carol carole caroline carolyn
    carrie cassandra catherine cathy cecile cecilia celeste charlene charlotte chelsea cheryl chloe christiane christina christine cindy claire clara claudia colleen condoleezza connie constance corinne courtney crystal
    cynthia daisy dana danielle daphne dawn debbie deborah debra delia denise diana diane dianne dolores donna dora doris dorothy edith eileen elaine eleanor elena elise elisabeth eliza elizabeth ella ellen elsa elsie emily emma erica
    erika erin esther ethel eva eve evelyn farah fatima fay faye felicia fiona flora florence frances gabriela gabrielle gail georgia geraldine gina gladys glenda gloria grace greta gretchen gwen hannah harriet hazel heather
    heidi helen helena helga hillary holly hope huma ida imelda ines ingrid irene iris isabel isabella isabelle ivanka ivy jackie jacqueline jamila jan jane janet janice janine jasmine jean jeanette jeanne jen jenna jennie
    jennifer jenny jessica jill jo joan joanna joanne jocelyn jodi jody johanna josephine joy joyce juanita judith judy julia juliana julie juliet june kamala karen karin karina kate katherine kathleen kathryn kathy katie katrina
    kay kayla kayleigh keisha kellyanne kelly kendra kim kimberly kirsten kristen kristi kristin kristina lara laura lauren laurie layla leah leila lena leslie leticia lidia lillian lily linda lindsay lisa liz liza lois loretta lori lorraine
    louise lucia lucille lucy luisa lydia lynn lynne mabel mackenzie madeleine madeline madison mae maggie marcia margaret margarita margot maria mariana marian marianne marie marilyn marina marion marissa marjorie marsha
    martha marta mary maryam maureen maxine meg megan megyn melania melanie melinda melissa mercedes meredith mia michaela michele michelle mika mildred mimi minnie miranda miriam molly mona monica muriel myra nadia nancy naomi
    natalia natalie natasha nellie nicola nicole nikki nina nora norma odette olga olivia ophelia paige pam pamela patience patricia patsy patti paula pauline pearl peggy penelope penny phoebe phyllis polly priscilla rachel
    ramona rebecca regina renee rhonda rita roberta rosa rosalind rose roseanne rosemary rosie roxanne ruby ruth sabrina sally samantha sandra sandy sara sarah selena shannon sharon sheila shelley sherry shirley silvia simone sofia sonia
    sonya sophia sophie stacey stacy stella stephanie sue susan susana susanna susanne suzanne sybil sylvia tabitha tamara tammy tania tanya tara tatiana teresa tess thelma theresa tiffany tina toni tonya tracey tracy trudy
    tulsi ursula valerie vanessa vera verna veronica vicki vicky victoria viola violet virginia vivian wanda wendy whitney whoopi wilma winifred yasmin yolanda yvette yvonne zoe dottie debbie
    kelley katty gayle sheryl oprah beyonce malala angelique benazir
    adela agatha alexis anastasia antonia beatriz bernice bianca brianna camille carmela celia consuelo darlene deb deirdre delores eleni elisa eloise
    emilia eunice faiza frederica gabriella genevieve gertrude ghazala gilda giovanna gwendolyn hilda inez ivana jacinda jacquelyn jana janelle
    jeannette jessie jillian juana karine ketanji krystal lael latoya leona lilian lilly lorena louisa lucinda luz magdalena maia mandy manuela
    marcela maribel marisol marlene martina maya mina moira monika myrna nadine nan noelle norah nydia octavia paloma patty petra pilar raquel rhoda
    rochelle rosalie rosario rosemarie rowena sabine serena soledad svetlana tashfeen trina trisha valentina valeria zeynep zora zuzana""".split()
)
GIVEN = MALE | FEMALE
HIS = frozenset(
    "mr sir lord king prince pope father brother baron duke earl congressman chairman councilman businessman spokesman bishop archbishop cardinal rabbi imam ayatollah husband son grandfather".split()
)
HERS = frozenset(
    "mrs ms miss lady dame queen princess sister mother baroness duchess congresswoman chairwoman councilwoman spokeswoman businesswoman wife daughter grandmother actress waitress".split()
)
