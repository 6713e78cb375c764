# ruff: noqa: E501
"""Invented events, each with late independent reports of it and with follow-ups of different kinds.


Rules are written with the even events in view; the odd ones judge them (test_follow_up.py).
"""

from typing import NamedTuple


class Later(NamedTuple):
    kind: str  # "report" is no follow-up; the others are
    gap_days: float
    title: str
    lead: str


EVENTS: tuple[tuple[Later, ...], ...] = (
    (  # a warehouse fire
        Later("report", 1.0, "Fire guts carpet warehouse in Ostrava", "A blaze destroyed a warehouse full of carpets in Ostrava on Sunday. Eighty firefighters fought the flames for nine hours and two of them were treated for burns."),
        Later("reaction", 2.0, "Residents demand answers over Ostrava warehouse blaze", "People living beside the burnt-out carpet warehouse packed the town hall on Tuesday to demand an explanation. \"Our children breathed that smoke for a whole night,\" one mother told the mayor."),
        Later("result", 9.0, "Faulty forklift battery caused Ostrava fire, investigators find", "The fire that destroyed a carpet warehouse last week began in the battery of a forklift, fire investigators said in a report published on Tuesday."),
    ),
    (  # a train derailment
        Later("report", 1.0, "Seven hurt as night train leaves the rails near Vidin", "A night train from Sofia came off the rails close to Vidin early on Thursday and seven passengers were hurt, the railway said. The track is expected to stay closed until Saturday."),
        Later("next step", 4.0, "Line through Vidin reopens after derailment", "Trains are running through Vidin again, four days after a night train came off the rails there."),
        Later("result", 30.0, "Broken rail blamed for Vidin train crash", "A rail that had been cracked for weeks threw the night train to Vidin off the track last month, the inquiry has concluded. Inspectors had reported it twice."),
    ),
    (  # a minister accused
        Later("report", 1.0, "Minister's brother got harbour contract, paper says", "Fisheries minister Lena Aas signed a harbour contract with a firm that belongs to her brother, the daily Kystbladet wrote on Monday. She says she did not know who owned the company."),
        Later("reversal", 3.0, "Aas resigns over harbour contract", "Fisheries minister Lena Aas stepped down on Thursday, three days after a newspaper revealed that she had given a harbour contract to her brother's firm."),
        Later("reaction", 2.0, "Opposition calls for Aas to go after harbour revelations", "Three opposition parties said on Wednesday that they would bring a motion against fisheries minister Lena Aas in the wake of reports about a contract with her brother's company."),
    ),
    (  # a robbery
        Later("report", 1.0, "Masked men take 300 watches from Lugano jeweller", "Three masked men smashed the windows of a jeweller's in Lugano on Friday afternoon and left with about 300 watches. Police looked for a white van with French plates."),
        Later("next step", 5.0, "Three charged with Lugano watch robbery", "Prosecutors in Lugano have charged three brothers from Lyon with the robbery in which some 300 watches were taken from a jeweller."),
        Later("trial", 200.0, "Lugano jewel robbers go on trial", "Three brothers appeared in court in Lugano on Monday, accused of stealing 300 watches from a jeweller in the old town. They deny it."),
    ),
    (  # a strike
        Later("report", 0.9, "Ferry crews walk out in Piraeus", "Ferries stayed in port in Piraeus on Wednesday as crews stopped work over pay. Some 20,000 travellers had booked crossings to the islands."),
        Later("result", 3.0, "Ferry crews end strike after pay deal", "Ferries from Piraeus sailed again on Saturday after unions accepted six per cent more pay and called off their walkout."),
        Later("next step", 2.0, "Islands run short of milk as ferry strike enters third day", "Shelves emptied on Naxos and Paros on Friday as the ferry strike went into its third day and neither side would talk."),
    ),
    (  # an earthquake
        Later("report", 1.2, "Strong quake shakes Lake Van", "An earthquake of magnitude 5.9 shook the shores of Lake Van on Tuesday and brought down old houses in three villages. Eleven people died, the governor said."),
        Later("next step", 3.0, "Van quake death toll rises to 34", "Rescuers pulled nine more bodies from the rubble on Friday, raising the death toll of this week's earthquake at Lake Van to 34."),
        Later("anniversary", 365.0, "Lake Van remembers its dead a year on", "Candles burned in three villages on Saturday, one year after an earthquake killed 41 people at Lake Van."),
    ),
    (  # a product recall
        Later("report", 1.0, "Brandt recalls baby milk over plastic pieces", "The food maker Brandt is taking 40,000 tins of baby milk off the shelves in Austria and Slovenia because there may be pieces of plastic in them. Nobody has fallen ill."),
        Later("correction", 2.0, "Correction: Brandt baby milk recall", "In a story on a recall of baby milk, we wrote that 40,000 tins were affected. The company says there are 4,000."),
        Later("result", 12.0, "Broken sieve put plastic into Brandt baby milk", "Plastic found in baby milk that was recalled this month came from a broken sieve in the plant at Wels, food inspectors said. Production has resumed."),
    ),
    (  # an expedition lost
        Later("report", 1.0, "Four climbers missing on Rakaposhi", "Four Italian climbers have not been heard of since Saturday, when snow closed in on the north ridge of Rakaposhi, the Alpine Club of Pakistan said."),
        Later("next step", 4.0, "Helicopters give up search for Rakaposhi climbers", "The search for four Italians on Rakaposhi was called off on Thursday because of the danger of avalanches."),
        Later("result", 60.0, "Bodies of Rakaposhi climbers found", "Shepherds have found the bodies of the four Italian climbers who vanished on Rakaposhi in June."),
    ),
    (  # a match
        Later("report", 0.8, "Underdogs Larne knock Porto out of the cup", "Larne beat Porto 2-1 in Belfast on Wednesday with two headers by Sean Doyle. It is the first time that a team from the Irish League reached the last sixteen."),
        Later("reaction", 2.0, "Porto sack coach after Larne defeat", "Porto parted with coach Rui Faria on Friday, two days after losing to Larne in the cup."),
        Later("next step", 20.0, "Doyle to join Celtic", "Sean Doyle, whose two headers put Porto out of the cup last month, will play for Celtic from January."),
    ),
    (  # a court ruling
        Later("report", 1.0, "Court strikes down Utrecht car ban", "Utrecht may not close its centre to all cars with petrol engines, an administrative court ruled on Monday. A group of florists had sued the city."),
        Later("next step", 3.0, "Utrecht to appeal against ruling on car ban", "The city of Utrecht will take its ban on petrol cars to the Council of State, alderman Joost Prins said on Thursday."),
        Later("reversal", 150.0, "Utrecht car ban upheld on appeal", "Cars with petrol engines can be kept out of the centre of Utrecht after all: the Council of State has overturned a ruling that had struck the ban down."),
    ),
    (  # a chemical spill
        Later("report", 1.0, "Acid leaks into the Sajo", "About 30 cubic metres of acid ran into the river Sajo from a plant at Kazincbarcika on Sunday night and killed fish over twelve kilometres, water officials said."),
        Later("reaction", 2.0, "Plant apologises for acid in river", "The owner of a chemical plant at Kazincbarcika apologised on Tuesday for the acid that ran into the Sajo and promised to pay fishermen."),
        Later("next step", 6.0, "Fishing ban on the Sajo lifted", "People may fish in the Sajo again from Monday, water officials said, a week after acid from a plant killed thousands of carp."),
    ),
    (  # a kidnapping
        Later("report", 1.5, "Gunmen seize doctors in Benue", "Gunmen stopped a bus on the road to Makurdi on Friday and took five doctors into the forest, police said. The driver was shot in the arm."),
        Later("next step", 3.0, "Kidnappers ask 50 million for Benue doctors", "The men who hold five doctors in Benue have asked for 50 million naira, their hospital said on Monday, as colleagues laid down work in protest."),
        Later("result", 15.0, "Abducted doctors freed in Nigeria", "Five doctors who were dragged from a bus in Benue two weeks ago are free. Police said no ransom had been paid."),
    ),
    (  # a merger
        Later("report", 0.8, "Nordbank to buy Baltika for 2 billion", "Nordbank will take over its rival Baltika for 2.1 billion euros, the two banks announced on Monday. Some 900 jobs will go, mostly in Riga."),
        Later("next step", 40.0, "Brussels opens probe into Nordbank's purchase of Baltika", "The European Commission will look closely at the takeover of Baltika by Nordbank, which was announced last month."),
        Later("reversal", 90.0, "Nordbank drops Baltika bid", "Nordbank has withdrawn its offer for Baltika, blaming conditions set by Brussels. The bid had been announced in March."),
    ),
    (  # a flood
        Later("report", 1.0, "River Una bursts its banks at Bihac", "The Una flooded the lower town of Bihac on Monday after two days of rain. Soldiers took some 600 people to safety in boats and the hospital runs on generators."),
        Later("next step", 3.0, "Bihac begins clean-up as Una falls", "Shovels and pumps were at work in Bihac on Thursday as the waters went back and people saw what was left of their homes."),
        Later("reaction", 4.0, "Government criticised over Bihac flood warning", "Why did the sirens stay silent? The government was criticised on Friday for its handling of the flood at Bihac earlier this week."),
    ),
    (  # a hack
        Later("report", 1.0, "Hackers shut hospitals in Wallonia out of their files", "Eleven hospitals in Wallonia could not open their patients' files on Sunday after an attack with ransomware. Operations were put off and ambulances went to Brussels."),
        Later("next step", 4.0, "Walloon hospitals back online", "Eleven hospitals have regained access to their patients' files, days after hackers had locked them."),
        Later("trial", 400.0, "Student pleads guilty to hospital hack", "A student from Liege has pleaded guilty to the attack that locked eleven hospitals in Wallonia out of their files in 2023."),
    ),
    (  # a volcano
        Later("report", 1.0, "Taal volcano spews ash over Batangas", "The Taal volcano sent a column of ash three kilometres into the sky on Saturday. Schools are shut in four towns and flights to Manila were turned back."),
        Later("next step", 3.0, "Farmers near Taal return to ruined fields", "Farmers were allowed back to the shores of Lake Taal on Tuesday for the first time since the eruption, to find their coffee buried in ash."),
        Later("next step", 5.0, "Volcano alert lowered after Taal eruption", "Scientists lowered the alert for the Taal volcano on Thursday and airports resumed normal service."),
    ),
    (  # a murder
        Later("report", 1.0, "Bookseller stabbed to death in Coimbra", "A bookseller of 58 was found stabbed in his shop in Coimbra on Thursday morning. Police are looking for a man in a green coat who was seen running to the station."),
        Later("next step", 3.0, "Hundreds at funeral of Coimbra bookseller", "Hundreds of students walked behind the coffin of the bookseller who was stabbed in Coimbra last week."),
        Later("trial", 250.0, "Man jailed for 19 years for murder of bookseller", "The man who stabbed a bookseller in Coimbra was sentenced to 19 years in prison on Friday."),
    ),
    (  # a vote
        Later("report", 0.9, "Swiss town votes to pay for every tooth", "Voters in Glarus agreed on Sunday that the town should pay the dentist for all children. The proposal won 54 per cent."),
        Later("reversal", 30.0, "Glarus to vote again on free dentists", "Glarus will repeat its vote on free dentists after a recount found 300 ballots in a cellar. The first result was annulled on Monday."),
        Later("reaction", 2.0, "Dentists protest against Glarus vote", "Dentists in Glarus reacted angrily to Sunday's vote and warned on Tuesday that practices would close."),
    ),
    (  # a discovery
        Later("report", 1.0, "Roman mosaic found under Split car park", "Workers who were digging up a car park in Split came upon a Roman mosaic of dolphins on Wednesday. It is eleven metres long and hardly damaged, the museum said."),
        Later("next step", 10.0, "Split shows dolphin mosaic to the public", "Visitors can see from Saturday the dolphin mosaic that workers uncovered last week under a car park in Split."),
        Later("reaction", 3.0, "Drivers fight for their car park after mosaic find", "Not everyone in Split is happy about the dolphins. Following the discovery of a Roman mosaic under their car park, 400 drivers have signed a petition."),
    ),
    (  # a sinking
        Later("report", 1.0, "Trawler sinks off Peniche, crew of nine saved", "A trawler went down in heavy seas off Peniche on Monday night. A helicopter lifted all nine men out of the water, the navy said."),
        Later("result", 45.0, "Overloaded nets sank trawler, navy report says", "The trawler that went down off Peniche in November had twice the allowed weight in its nets, a navy report found."),
        Later("next step", 4.0, "Oil from sunken trawler reaches Peniche beaches", "Black lumps of oil have washed up on beaches near Peniche, days after a trawler sank there."),
    ),
    (  # a summit
        Later("report", 0.9, "Drin states agree to share water", "Four countries on the river Drin signed a treaty in Ohrid on Tuesday that settles who may take how much water. It took nine years to write."),
        Later("reaction", 2.0, "Farmers condemn Drin treaty", "Farmers blocked a road near Kukes on Thursday to protest against the treaty on the Drin that four states signed this week."),
        Later("next step", 120.0, "Parliament in Tirana ratifies Drin treaty", "Lawmakers in Tirana approved the treaty on sharing the Drin on Monday; it was signed in Ohrid four months ago."),
    ),
    (  # a crane collapse
        Later("report", 1.0, "Crane falls on school in Graz", "A building crane fell onto the gym of a school in Graz on Saturday. The building was empty. The operator jumped clear and broke a leg."),
        Later("result", 8.0, "Graz crane stood on soft ground, inspectors say", "The crane that crashed into a school in Graz last Saturday had been put up on soft ground, inspectors have found."),
        Later("next step", 2.0, "Pupils back in Graz school hit by crane", "Lessons resumed on Monday at the school in Graz whose gym was crushed by a crane at the weekend."),
    ),
)  # fmt: skip
