"""Every state that sits in the United Nations, as member or observer, with Kosovo and Taiwan: what English calls its people,
and its capital, which speaks for its government in the news.

One line a state: name, other names with commas; adjective and people; capital, and houses that stand for the government.
"""

from __future__ import annotations

_TABLE = """\
Afghanistan|Afghan,Afghans|Kabul
Albania|Albanian,Albanians|Tirana
Algeria|Algerian,Algerians|Algiers
Andorra|Andorran,Andorrans|Andorra la Vella
Angola|Angolan,Angolans|Luanda
Antigua and Barbuda|Antiguan,Antiguans|Saint John’s
Argentina|Argentine,Argentines,Argentinian|Buenos Aires
Armenia|Armenian,Armenians|Yerevan
Australia|Australian,Australians|Canberra
Austria|Austrian,Austrians|Vienna
Azerbaijan|Azerbaijani,Azerbaijanis|Baku
Bahamas,The Bahamas|Bahamian,Bahamians|Nassau
Bahrain|Bahraini,Bahrainis|Manama
Bangladesh|Bangladeshi,Bangladeshis|Dhaka
Barbados|Barbadian,Barbadians|Bridgetown
Belarus|Belarusian,Belarusians|Minsk
Belgium|Belgian,Belgians|Brussels
Belize|Belizean,Belizeans|Belmopan
Benin|Beninese|Porto-Novo
Bhutan|Bhutanese|Thimphu
Bolivia|Bolivian,Bolivians|La Paz,Sucre
Bosnia and Herzegovina,Bosnia|Bosnian,Bosnians|Sarajevo
Botswana|Botswanan,Batswana|Gaborone
Brazil|Brazilian,Brazilians|Brasilia,Brasília
Brunei|Bruneian,Bruneians|Bandar Seri Begawan
Bulgaria|Bulgarian,Bulgarians|Sofia
Burkina Faso|Burkinabe|Ouagadougou
Burundi|Burundian,Burundians|Gitega
Cambodia|Cambodian,Cambodians|Phnom Penh
Cameroon|Cameroonian,Cameroonians|Yaounde,Yaoundé
Canada|Canadian,Canadians|Ottawa
Cape Verde,Cabo Verde|Cape Verdean|Praia
Central African Republic|Central African|Bangui
Chad|Chadian,Chadians|N’Djamena
Chile|Chilean,Chileans|Santiago
China,People’s Republic of China|Chinese|Beijing
Colombia|Colombian,Colombians|Bogota,Bogotá
Comoros|Comorian,Comorians|Moroni
Congo,Republic of the Congo|Congolese|Brazzaville
Democratic Republic of Congo,Democratic Republic of the Congo,DR Congo,DRC|Congolese|Kinshasa
Costa Rica|Costa Rican,Costa Ricans|San Jose,San José
Croatia|Croatian,Croatians,Croat|Zagreb
Cuba|Cuban,Cubans|Havana
Cyprus|Cypriot,Cypriots|Nicosia
Czech Republic,Czechia|Czech,Czechs|Prague
Denmark|Danish,Danes|Copenhagen
Djibouti|Djiboutian,Djiboutians|Djibouti City
Dominica|Dominican|Roseau
Dominican Republic|Dominican,Dominicans|Santo Domingo
East Timor,Timor-Leste|Timorese|Dili
Ecuador|Ecuadorian,Ecuadorians,Ecuadorean|Quito
Egypt|Egyptian,Egyptians|Cairo
El Salvador|Salvadoran,Salvadorans|San Salvador
Equatorial Guinea|Equatoguinean|Malabo
Eritrea|Eritrean,Eritreans|Asmara
Estonia|Estonian,Estonians|Tallinn
Eswatini,Swaziland|Swazi,Swazis|Mbabane
Ethiopia|Ethiopian,Ethiopians|Addis Ababa
Fiji|Fijian,Fijians|Suva
Finland|Finnish,Finns|Helsinki
France|French|Paris
Gabon|Gabonese|Libreville
Gambia,The Gambia|Gambian,Gambians|Banjul
Georgia|Georgian,Georgians|Tbilisi
Germany|German,Germans|Berlin
Ghana|Ghanaian,Ghanaians|Accra
Greece|Greek,Greeks|Athens
Grenada|Grenadian,Grenadians|St George’s
Guatemala|Guatemalan,Guatemalans|Guatemala City
Guinea|Guinean,Guineans|Conakry
Guinea-Bissau|Bissau-Guinean|Bissau
Guyana|Guyanese|Georgetown
Haiti|Haitian,Haitians|Port-au-Prince
Holy See,Vatican,Vatican City|Papal|Holy See
Honduras|Honduran,Hondurans|Tegucigalpa
Hungary|Hungarian,Hungarians|Budapest
Iceland|Icelandic,Icelanders|Reykjavik
India|Indian,Indians|New Delhi,Delhi
Indonesia|Indonesian,Indonesians|Jakarta
Iran|Iranian,Iranians|Tehran
Iraq|Iraqi,Iraqis|Baghdad
Ireland|Irish|Dublin
Israel|Israeli,Israelis|Jerusalem
Italy|Italian,Italians|Rome
Ivory Coast,Cote d’Ivoire,Côte d’Ivoire|Ivorian,Ivorians|Yamoussoukro
Jamaica|Jamaican,Jamaicans|Kingston
Japan|Japanese|Tokyo
Jordan|Jordanian,Jordanians|Amman
Kazakhstan|Kazakh,Kazakhs|Astana
Kenya|Kenyan,Kenyans|Nairobi
Kiribati|I-Kiribati|Tarawa
Kosovo|Kosovar,Kosovars|Pristina
Kuwait|Kuwaiti,Kuwaitis|Kuwait City
Kyrgyzstan|Kyrgyz|Bishkek
Laos|Laotian,Laotians|Vientiane
Latvia|Latvian,Latvians|Riga
Lebanon|Lebanese|Beirut
Lesotho|Basotho|Maseru
Liberia|Liberian,Liberians|Monrovia
Libya|Libyan,Libyans|Tripoli
Liechtenstein|Liechtensteiner|Vaduz
Lithuania|Lithuanian,Lithuanians|Vilnius
Luxembourg|Luxembourgish,Luxembourgers|Luxembourg City
Madagascar|Malagasy|Antananarivo
Malawi|Malawian,Malawians|Lilongwe
Malaysia|Malaysian,Malaysians|Kuala Lumpur,Putrajaya
Maldives|Maldivian,Maldivians|Male
Mali|Malian,Malians|Bamako
Malta|Maltese|Valletta
Marshall Islands|Marshallese|Majuro
Mauritania|Mauritanian,Mauritanians|Nouakchott
Mauritius|Mauritian,Mauritians|Port Louis
Mexico|Mexican,Mexicans|Mexico City
Micronesia|Micronesian,Micronesians|Palikir
Moldova|Moldovan,Moldovans|Chisinau
Monaco|Monegasque|Monte Carlo
Mongolia|Mongolian,Mongolians|Ulaanbaatar
Montenegro|Montenegrin,Montenegrins|Podgorica
Morocco|Moroccan,Moroccans|Rabat
Mozambique|Mozambican,Mozambicans|Maputo
Myanmar,Burma|Burmese|Naypyidaw
Namibia|Namibian,Namibians|Windhoek
Nauru|Nauruan,Nauruans|Yaren
Nepal|Nepali,Nepalis,Nepalese|Kathmandu
Netherlands,The Netherlands|Dutch|The Hague,Amsterdam
New Zealand|New Zealander,New Zealanders|Wellington
Nicaragua|Nicaraguan,Nicaraguans|Managua
Niger|Nigerien,Nigeriens|Niamey
Nigeria|Nigerian,Nigerians|Abuja
North Korea,DPRK|North Korean,North Koreans|Pyongyang
North Macedonia,Macedonia|Macedonian,Macedonians|Skopje
Norway|Norwegian,Norwegians|Oslo
Oman|Omani,Omanis|Muscat
Pakistan|Pakistani,Pakistanis|Islamabad
Palau|Palauan,Palauans|Ngerulmud
Palestine,State of Palestine|Palestinian,Palestinians|Ramallah
Panama|Panamanian,Panamanians|Panama City
Papua New Guinea|Papuan|Port Moresby
Paraguay|Paraguayan,Paraguayans|Asuncion,Asunción
Peru|Peruvian,Peruvians|Lima
Philippines,The Philippines|Philippine,Filipino,Filipinos|Manila
Poland|Polish,Poles|Warsaw
Portugal|Portuguese|Lisbon
Qatar|Qatari,Qataris|Doha
Romania|Romanian,Romanians|Bucharest
Russia,Russian Federation|Russian,Russians|Moscow
Rwanda|Rwandan,Rwandans|Kigali
Saint Kitts and Nevis,St Kitts and Nevis|Kittitian|Basseterre
Saint Lucia,St Lucia|Saint Lucian|Castries
Saint Vincent and the Grenadines,St Vincent and the Grenadines|Vincentian|Kingstown
Samoa|Samoan,Samoans|Apia
San Marino|Sammarinese|San Marino City
Sao Tome and Principe,São Tomé and Príncipe|Sao Tomean|Sao Tome
Saudi Arabia|Saudi,Saudis|Riyadh
Senegal|Senegalese|Dakar
Serbia|Serbian,Serbians,Serb|Belgrade
Seychelles|Seychellois|Victoria
Sierra Leone|Sierra Leonean|Freetown
Singapore|Singaporean,Singaporeans|Singapore City
Slovakia|Slovak,Slovaks|Bratislava
Slovenia|Slovenian,Slovenians|Ljubljana
Solomon Islands|Solomon Islander|Honiara
Somalia|Somali,Somalis|Mogadishu
South Africa|South African,South Africans|Pretoria
South Korea,Republic of Korea|South Korean,South Koreans|Seoul
South Sudan|South Sudanese|Juba
Spain|Spanish,Spaniards|Madrid
Sri Lanka|Sri Lankan,Sri Lankans|Colombo
Sudan|Sudanese|Khartoum
Suriname|Surinamese|Paramaribo
Sweden|Swedish,Swedes|Stockholm
Switzerland|Swiss|Bern
Syria|Syrian,Syrians|Damascus
Taiwan|Taiwanese|Taipei
Tajikistan|Tajik,Tajiks|Dushanbe
Tanzania|Tanzanian,Tanzanians|Dodoma
Thailand|Thai,Thais|Bangkok
Togo|Togolese|Lome,Lomé
Tonga|Tongan,Tongans|Nuku’alofa
Trinidad and Tobago|Trinidadian,Trinidadians|Port of Spain
Tunisia|Tunisian,Tunisians|Tunis
Turkey,Türkiye,Turkiye|Turkish,Turks|Ankara
Turkmenistan|Turkmen|Ashgabat
Tuvalu|Tuvaluan,Tuvaluans|Funafuti
Uganda|Ugandan,Ugandans|Kampala
Ukraine|Ukrainian,Ukrainians|Kyiv,Kiev
United Arab Emirates,UAE,Emirates|Emirati,Emiratis|Abu Dhabi
United Kingdom,UK,U.K.,Britain,Great Britain|British,Britons|London
United States,US,U.S.,USA,U.S.A.,United States of America,America|American,Americans|Washington
Uruguay|Uruguayan,Uruguayans|Montevideo
Uzbekistan|Uzbek,Uzbeks|Tashkent
Vanuatu|Ni-Vanuatu|Port Vila
Venezuela|Venezuelan,Venezuelans|Caracas
Vietnam,Viet Nam|Vietnamese|Hanoi
Yemen|Yemeni,Yemenis|Sanaa,Sana’a
Zambia|Zambian,Zambians|Lusaka
Zimbabwe|Zimbabwean,Zimbabweans|Harare
"""

NATIONS: dict[str, str] = {}
"""Every name of a state to the one that it is listed under."""
DEMONYMS: dict[str, str] = {}
"""Adjective or people to the state."""
SEATS: dict[str, str] = {}
"""Capital or house of government to the state."""

PROVINCES = frozenset(
    "Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Hawaii Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland "
    "Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon Pennsylvania Tennessee Texas Utah Vermont Virginia "
    "Wisconsin Wyoming Ontario Quebec Alberta Manitoba Saskatchewan Bavaria Catalonia Scotland Wales Queensland Tasmania Crimea Punjab Kerala Siberia".split()
)
"""Parts of states, in a word."""
HOUSES = {
    "White House": "United States", "Pentagon": "United States", "State Department": "United States", "Treasury": "", "Capitol Hill": "United States",
    "Downing Street": "United Kingdom", "Whitehall": "United Kingdom", "Kremlin": "Russia", "Elysee": "France", "Élysée": "France",
    "United Nations": "", "UN": "", "U.N.": "", "European Union": "", "EU": "", "E.U.": "", "NATO": "", "African Union": "", "Arab League": "",
}  # fmt: skip
"""Houses and unions that are bodies of their own, with the state they are part of."""

for _line in _TABLE.splitlines():
    _names, _peoples, _seats = (_cell.split(",") for _cell in _line.split("|"))
    NATIONS.update(dict.fromkeys(_names, _names[0]))
    for _people in _peoples:
        DEMONYMS.setdefault(_people, _names[0])
    SEATS.update(dict.fromkeys(_seats, _names[0]))
