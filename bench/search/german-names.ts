/** The most common names first; the frequency of a name decreases with its position. */
// prettier-ignore
const COMMON_LAST_NAMES = ['Müller', 'Schmidt', 'Schneider', 'Fischer', 'Weber', 'Meyer', 'Wagner', 'Becker', 'Schulz', 'Hoffmann', 'Schäfer', 'Koch', 'Bauer', 'Richter', 'Klein', 'Wolf', 'Schröder', 'Neumann', 'Schwarz', 'Zimmermann', 'Braun', 'Krüger', 'Hofmann', 'Hartmann', 'Lange', 'Schmitt', 'Werner', 'Schmitz', 'Krause', 'Meier', 'Lehmann', 'Schmid', 'Schulze', 'Maier', 'Köhler', 'Herrmann', 'König', 'Walter', 'Mayer', 'Huber', 'Kaiser', 'Fuchs', 'Peters', 'Lang', 'Scholz', 'Möller', 'Weiß', 'Jung', 'Hahn', 'Schubert', 'Vogel', 'Friedrich', 'Keller', 'Günther', 'Frank', 'Berger', 'Winkler', 'Roth', 'Beck', 'Lorenz', 'Baumann', 'Franke', 'Albrecht', 'Schuster', 'Simon', 'Ludwig', 'Böhm', 'Winter', 'Kraus', 'Martin', 'Schumacher', 'Krämer', 'Vogt', 'Stein', 'Jäger', 'Otto', 'Sommer', 'Groß', 'Seidel', 'Heinrich', 'Brandt', 'Haas', 'Schreiber', 'Graf', 'Schulte', 'Dietrich', 'Ziegler', 'Kuhn', 'Kühn', 'Pohl', 'Engel', 'Horn', 'Busch', 'Bergmann', 'Thomas', 'Voigt', 'Sauer', 'Arnold', 'Wolff', 'Pfeiffer', 'Yılmaz', 'Kaya', 'Nowak', 'Kowalski', 'Łukaszewski', 'Nguyen', 'Ly', "D'Angelo", 'von Berg', 'van den Berg', 'Mueller', 'Schroeder', 'Weiss', 'Koehler', 'Jaeger', 'Müller-Lüdenscheidt', 'Schulz-Müller', 'Meyer-Schmidt', 'Weber-Fischer'];

// prettier-ignore
const FIRST_PARTS = ['Acker', 'Alt', 'Bach', 'Berg', 'Birken', 'Blumen', 'Brink', 'Brunn', 'Buch', 'Burg', 'Dorn', 'Eber', 'Eich', 'Erlen', 'Esch', 'Falken', 'Feld', 'Finken', 'Frei', 'Fried', 'Garten', 'Geiß', 'Gold', 'Grün', 'Habel', 'Hagen', 'Hasel', 'Heid', 'Hinter', 'Hirsch', 'Hohen', 'Holz', 'Hütten', 'Immen', 'Kalten', 'Kamp', 'Kirch', 'Kleber', 'Kloster', 'Krummen', 'Langen', 'Lauter', 'Linden', 'Löwen', 'Mahl', 'Mohr', 'Moos', 'Mühl', 'Neu', 'Nieder', 'Ober', 'Öl', 'Oster', 'Pfaffen', 'Quell', 'Rauch', 'Reh', 'Rosen', 'Sand', 'Schön', 'Schweden', 'Seel', 'Silber', 'Sonnen', 'Stein', 'Stuben', 'Tannen', 'Teuber', 'Über', 'Unter', 'Vieh', 'Wald', 'Wasser', 'Weiden', 'Wester', 'Wiesen', 'Winkel', 'Zeller', 'Ziegel', 'Zuck'];
// prettier-ignore
const LAST_PARTS = ['acker', 'bacher', 'bauer', 'baum', 'beck', 'berg', 'berger', 'brecht', 'brink', 'bruch', 'burg', 'burger', 'dorf', 'dörfer', 'eder', 'egger', 'feld', 'felder', 'furt', 'gartner', 'haber', 'hagen', 'hammer', 'hardt', 'haus', 'häuser', 'hof', 'höfer', 'holz', 'horst', 'huber', 'hut', 'kamp', 'kötter', 'kraut', 'lein', 'ling', 'lohe', 'macher', 'mann', 'mayer', 'meier', 'meister', 'müller', 'ner', 'öhler', 'pohl', 'rath', 'reich', 'reiter', 'rieder', 'ruth', 'sack', 'schläger', 'schmidt', 'siepen', 'stätter', 'stein', 'steiner', 'straßer', 'stroh', 'tal', 'thaler', 'tor', 'träger', 'vogel', 'wald', 'wanger', 'weber', 'weg', 'weger', 'wein', 'werth', 'wies', 'winkler', 'wirth', 'wöhr', 'zahn', 'zeller', 'zinger'];

/** About 6,500 names, of which the first 119 are common. */
export const LAST_NAMES: readonly string[] = [
  ...COMMON_LAST_NAMES,
  // diagonally, so that all first parts are equally common
  ...LAST_PARTS.flatMap((_, shift) =>
    FIRST_PARTS.map((part, index) => `${part}${LAST_PARTS[(index + shift) % LAST_PARTS.length]!}`),
  ),
];

// prettier-ignore
export const FIRST_NAMES: readonly string[] = ['Hans', 'Ursula', 'Peter', 'Karin', 'Klaus', 'Renate', 'Günter', 'Ingrid', 'Wolfgang', 'Monika', 'Jürgen', 'Helga', 'Dieter', 'Elke', 'Manfred', 'Brigitte', 'Horst', 'Gisela', 'Helmut', 'Christa', 'Werner', 'Erika', 'Gerhard', 'Petra', 'Michael', 'Sabine', 'Thomas', 'Andrea', 'Andreas', 'Susanne', 'Uwe', 'Heike', 'Bernd', 'Gabriele', 'Rolf', 'Angelika', 'Heinz', 'Barbara', 'Karl', 'Maria', 'Walter', 'Anna', 'Rainer', 'Birgit', 'Stefan', 'Claudia', 'Frank', 'Martina', 'Joachim', 'Ute', 'Ralf', 'Kerstin', 'Christian', 'Anja', 'Matthias', 'Silke', 'Markus', 'Nicole', 'Otto', 'Bärbel', 'Götz', 'Käthe', 'Jörg', 'Sönke', 'Björn', 'Karl-Heinz', 'Anna-Maria', 'Hans-Jörg', 'Ernst', 'Irmgard', 'Siegfried', 'Edeltraud', 'Hannelore', 'Waltraud', 'Ilse', 'Gerda', 'Rosemarie', 'Jutta', 'Sigrid', 'Herbert', 'Kurt', 'Alfred', 'Rudolf', 'Erwin', 'Hermann', 'Franz', 'Josef', 'Johann', 'Ayşe', 'Mehmet', 'Łucja', 'Zoë', 'François', 'Linh'];

// prettier-ignore
const STREET_NAMES = ['Hauptstraße', 'Schulstraße', 'Gartenstraße', 'Bahnhofstraße', 'Dorfstraße', 'Bergstraße', 'Birkenweg', 'Lindenstraße', 'Kirchstraße', 'Waldstraße', 'Ringstraße', 'Amselweg', 'Schillerstraße', 'Goethestraße', 'Mühlenweg', 'Jahnstraße', 'Wiesenweg', 'Am Sportplatz', 'Buchenweg', 'Friedhofstraße', 'Finkenweg', 'Rosenstraße', 'Königstraße', 'Müllerstraße', 'Berliner Straße', 'Stuttgarter Straße', 'Am Alten Markt', 'An der Kirche', 'Zum Hirschen', 'Blumenstraße'];

export const STREETS: readonly string[] = [
  ...STREET_NAMES,
  ...FIRST_PARTS.flatMap((part) => ['straße', 'weg', 'gasse', 'platz'].map((end) => `${part}${end}`)),
];

/** City, first three digits of its postal codes, area code. */
// prettier-ignore
export const CITIES: readonly (readonly [city: string, postalCode: string, areaCode: string])[] = [['Stuttgart', '701', '0711'], ['München', '803', '089'], ['Ulm', '890', '0731'], ['Augsburg', '861', '0821'], ['Nürnberg', '904', '0911'], ['Köln', '506', '0221'], ['Hamburg', '203', '040'], ['Berlin', '101', '030'], ['Frankfurt am Main', '603', '069'], ['Düsseldorf', '402', '0211'], ['Aalen', '734', '07361'], ['Göppingen', '730', '07161'], ['Esslingen', '737', '0711'], ['Tübingen', '720', '07071'], ['Reutlingen', '727', '07121'], ['Heilbronn', '740', '07131'], ['Würzburg', '970', '0931'], ['Bad Cannstatt', '703', '0711'], ['Münster', '481', '0251'], ['Osnabrück', '490', '0541'], ['Görlitz', '028', '03581'], ['Lübeck', '235', '0451'], ['Weißenhorn', '892', '07309'], ['Heidenheim', '895', '07321'], ['Schwäbisch Gmünd', '735', '07171'], ['Rottenburg', '721', '07472'], ['Mühlacker', '754', '07041'], ['Kempten', '874', '0831'], ['Passau', '940', '0851'], ['Oberstdorf', '875', '08322']];
