"""Articles of an invented small-town paper, and the lines that stand around them: for tests of site memory.

All texts are written for these tests. `ARTICLES` have nothing to do with one another.
"""

# ruff: noqa: E501 (a paragraph reads best on one line)

ARTICLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Dredgers reopen the silted harbour of Tolvik",
        (
            "Two dredgers finished clearing the inner harbour of Tolvik on Tuesday, eleven weeks after a storm "
            "pushed a bank of sand across its mouth.",
            "The pilots' guild said vessels with a draught of up to six metres could moor at the grain quay again.",
            "“We had trawlers waiting outside for every tide,” said harbour master Ove Brandt. “That is over now.”",
            "The sediment was tipped beyond the lighthouse, where divers found no eelgrass that it could smother.",
        ),
    ),
    (
        "School kitchens in Hagen district return to fresh bread",
        (
            "From Monday the nine primary schools of Hagen bake their own rolls again instead of thawing them.",
            "Cooks spent the summer learning to handle sourdough, and pupils voted for rye with pumpkin seeds.",
            "A lunch will cost forty cents more, which the council pays for families on low incomes.",
            "Dieticians of the county clinic will measure in spring whether less food ends in the bin.",
        ),
    ),
    (
        "Beekeepers trace dying hives to a seed coating",
        (
            "Laboratory tests have found an insecticide for maize seed in wax from forty dead colonies.",
            "The combs came from hives along the railway, downwind of fields sown during a dry week in April.",
            "Beekeeper Signe Aho lost all of her queens and now breeds new ones from a neighbour's swarm.",
            "The manufacturer announced that it would examine the dust filters of the sowing machines.",
        ),
    ),
    (
        "Tram line 4 gets longer platforms before the ice hockey finals",
        (
            "Passengers on tram line 4 will board at temporary wooden platforms until the end of March.",
            "The operator lengthens six stops so that coupled trams with room for four hundred people can halt there.",
            "Night services are replaced by buses, which turn at the velodrome because of the narrow bridge.",
            "The work was brought forward by a year since the arena hosts the hockey finals in May.",
        ),
    ),
    (
        "Opera house roof yields a forgotten painted sky",
        (
            "Roofers repairing the opera house have uncovered a ceiling painted with stars and a comet.",
            "Restorers date the canvas to 1781, when the composer Velten staged his first singspiel here.",
            "Soot from gas lamps had blackened it until it was boarded over and left out of the inventory.",
            "Scaffolding stays up through the winter, and rehearsals move to the old riding school.",
        ),
    ),
    (
        "Fourteen-year-old wins the national chess title",
        (
            "Ilja Morin, a pupil from Sund, is the youngest chess champion that the country has ever had.",
            "In the last round he sacrificed a rook on move 23 and mated the grandmaster Pals nine moves later.",
            "He learned the game from his grandmother, who played correspondence tournaments by postcard.",
            "The federation nominated him for the olympiad, where he will sit at the fourth board.",
        ),
    ),
    (
        "Thaw sends the river Ilse over its banks",
        (
            "Meltwater from the plateau has lifted the Ilse by two metres within a day.",
            "Firefighters filled nine thousand sandbags, and the cattle of three farms were driven uphill.",
            "The gauge at Mill Bridge is expected to peak at dawn, half a metre under the mark of 1998.",
            "Hydrologists blame frozen ground that lets neither rain nor snow water seep away.",
        ),
    ),
    (
        "Bakers' strike leaves islands without cinnamon buns",
        (
            "Some two hundred employees of the Karlsson bakeries have stopped work over night bonuses.",
            "Their union demands a supplement of thirty percent between ten in the evening and six.",
            "On the islands cafés served crispbread, and a ferry kiosk sold its last bun by auction.",
            "Both sides meet an arbitrator on Thursday in a back room of the customs house.",
        ),
    ),
    (
        "Observatory films a double tail behind comet Rask",
        (
            "Astronomers on Mount Hedal have recorded how the tail of comet Rask split into two strands.",
            "Gusts of solar wind tore the ionised gas away from the heavier dust on Sunday night.",
            "The telescope's new camera takes one exposure a second, eighty times as many as the old one.",
            "With binoculars the comet is visible low in the west until the moon rises.",
        ),
    ),
    (
        "County hospital lends its scanner to the veterinarians",
        (
            "A racehorse named Pippin was the first animal inside the tomograph of the county hospital.",
            "Its surgeons use the machine on weekdays only, so the vets may rent it on Saturdays.",
            "The scan showed a hairline fracture in the left foreleg that X-rays had missed twice.",
            "An engineer checks afterwards that no hair is left in the cooling system.",
        ),
    ),
    (
        "Library night ends with a reading under the stairs",
        (
            "More than six hundred visitors walked through the town library between dusk and midnight.",
            "Volunteers had hidden lanterns among the shelves, each beside a novel nobody had borrowed for years.",
            "The poet Edda Vance read limericks from a box under the staircase, since the hall was full.",
            "By closing time 212 of the neglected novels had been lent, some of them in Latin.",
        ),
    ),
    (
        "Wind farm on the moor passes its last noise test",
        (
            "The seven turbines on Gratten moor turn more quietly than their permit allows.",
            "Acousticians measured thirty-nine decibels beside the nearest farmhouse, two under the limit.",
            "Serrated edges on the blades, copied from owls, are said to make the difference.",
            "Neighbours who had sued the operator withdrew their complaint in exchange for shares.",
        ),
    ),
)

BIO = "Mara Lindqvist has reported from the northern counties for two decades and keeps an orchard outside Fell."
PROMO = "Our Saturday supplement brings long walks, short stories and the crossword to your kitchen table."
NOTICE = "Households on the outer skerries receive this edition one day later during the winter timetable."
AIR = "Those who prefer to listen can hear these columns read aloud every evening at seven on our own wave."


def framed(paragraphs: tuple[str, ...], *, bio: bool = True) -> tuple[str, ...]:
    """Return an article as a cleaner gives it that knows none of the paper's standing lines."""
    middle = len(paragraphs) // 2
    inside = (*paragraphs[:middle], AIR, *paragraphs[middle:])
    return (*inside, *((BIO,) if bio else ()), NOTICE, PROMO)


STANDING = frozenset((BIO, PROMO, NOTICE, AIR))


# One event, told on four days. The statement and the correction stand in each of them, word for word.
STATEMENT = (
    "“Our thoughts are with everyone who lost a home, and we will not rest until each family has a roof.”"
)
UNQUOTED_STATEMENT = "The landlord, Brenner Estates, said in a statement that it had met every duty under the fire code of 1994."
CORRECTION = "Correction: an earlier version of this report on the Linden Street fire gave a wrong age for tenant Rosa Keller."
FOLLOW_UPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Fire destroys a tenement in Linden Street",
        (
            "A fire gutted a tenement in Linden Street early on Monday and drove fifty-two tenants into the cold.",
            "Tenant Rosa Keller, 71, smelled smoke in the stairwell and woke her neighbours floor by floor.",
            "Firefighters needed six hours, since hydrants in the courtyard had frozen.",
        ),
    ),
    (
        "Linden Street fire began in a meter box, investigators say",
        (
            "The fire that gutted the tenement in Linden Street started in an overheated meter box.",
            "Investigators found copper cables from before the war behind a plaster wall in the stairwell.",
            "Tenant Rosa Keller had complained of a burning smell three times, letters seen by this paper show.",
        ),
    ),
    (
        "Brenner Estates sued over Linden Street fire",
        (
            "Nineteen tenants of the burned house in Linden Street have sued their landlord, Brenner Estates.",
            "Their lawyer asks for the rent of two years and for what the fire left of their furniture.",
            "Rosa Keller said she wanted neither money nor apologies but her sewing machine.",
        ),
    ),
    (
        "A year after the Linden Street fire, the first tenants return",
        (
            "Eleven families moved back on Friday into the rebuilt tenement in Linden Street.",
            "The stairwell has sprinklers and its meter boxes are of steel, which Brenner Estates paid for.",
            "Rosa Keller, who raised the alarm on the night of the fire, cut the ribbon.",
        ),
    ),
)

# A template that is filled in every evening: the sentences around the numbers are part of each report.
MARKET_SENTENCE = "Trading volume on the exchange was in line with the average of the past thirty sessions."
MARKET_REPORTS: tuple[tuple[str, tuple[str, ...]], ...] = tuple(
    (
        f"Stock exchange closes {way} on {day}",
        (
            f"Shares on the exchange closed {way} on {day}, with the leading index {verb} {points} points.",
            MARKET_SENTENCE,
            f"{firm} gained most among the index members, while shares of {other} fell in heavy trading.",
        ),
    )
    for way, day, verb, points, firm, other in (
        ("higher", "Monday", "adding", 31, "Norsk Tin", "Baltic Rail"),
        ("lower", "Tuesday", "losing", 12, "Hedal Paper", "Norsk Tin"),
        ("higher", "Wednesday", "adding", 4, "Karlsson Foods", "Ilse Power"),
        ("lower", "Thursday", "losing", 57, "Sund Shipping", "Hedal Paper"),
        ("higher", "Friday", "adding", 19, "Baltic Rail", "Karlsson Foods"),
    )
)

# A sentence that opens each report of a series, and then says nothing that the rest of it repeats.
SERIES_OPENING = (
    "The trial of the former treasurer, who denies all charges, continues before the county court."
)

LIVE_OPENING = "Welcome to our rolling coverage; refresh the page for the newest entries from our reporters."
