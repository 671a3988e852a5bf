export const CARE_CASE_TYPES = [
  'FITTING',
  'COCHLEA',
  'EARMOULD',
  'CAMPAIGN',
  'REPAIR',
  'SERVICE',
  'GLASSES',
  'CONTACT_LENS',
  'REFRACTION',
  'OTHER',
] as const;
export type CareCaseType = (typeof CARE_CASE_TYPES)[number];

export interface Article {
  readonly name: string;
  /** Gross unit price. */
  readonly cents: number;
  readonly hasSerialNumber?: true;
}

/** The title of a case type, its products and their VAT rate. */
export interface RangeOfType {
  readonly title: string;
  readonly taxPercent: 7 | 19;
  readonly articles: readonly [Article, ...Article[]];
}

export const RANGE: Readonly<Record<CareCaseType, RangeOfType>> = {
  FITTING: {
    title: 'Hörgeräteversorgung beidseitig',
    taxPercent: 7,
    articles: [
      { name: 'Hörgerät Aria 3 HdO', cents: 129_900, hasSerialNumber: true },
      { name: 'Hörgerät Sonata 5 IO', cents: 174_950, hasSerialNumber: true },
      { name: 'Batterien 312, 6 Stück', cents: 695 },
      { name: 'Trockenbeutel', cents: 450 },
    ],
  },
  COCHLEA: {
    title: 'Nachsorge Cochlea-Implantat',
    taxPercent: 7,
    articles: [
      { name: 'Sprachprozessor Nova', cents: 789_000, hasSerialNumber: true },
      { name: 'Sendespule', cents: 31_500 },
    ],
  },
  EARMOULD: {
    title: 'Otoplastik nach Abdruck',
    taxPercent: 7,
    articles: [
      { name: 'Otoplastik Silikon', cents: 8_990 },
      { name: 'Gehörschutz nach Maß', cents: 15_900 },
    ],
  },
  CAMPAIGN: {
    title: 'Aktion Hörtest',
    taxPercent: 19,
    articles: [{ name: 'Hörtest-Paket', cents: 1_990 }],
  },
  REPAIR: {
    title: 'Reparatur Hörgerät',
    taxPercent: 19,
    articles: [
      { name: 'Reparaturpauschale', cents: 11_900 },
      { name: 'Hörer R', cents: 8_450, hasSerialNumber: true },
    ],
  },
  SERVICE: {
    title: 'Reinigung und Kontrolle',
    taxPercent: 19,
    articles: [
      { name: 'Reinigung', cents: 2_500 },
      { name: 'Schallschläuche, Paar', cents: 1_240 },
    ],
  },
  GLASSES: {
    title: 'Brille Fern und Nah',
    taxPercent: 19,
    articles: [
      { name: 'Fassung Lindau', cents: 18_900 },
      { name: 'Gleitsichtglas', cents: 24_900 },
      { name: 'Etui klein', cents: 990 },
    ],
  },
  CONTACT_LENS: {
    title: 'Kontaktlinsenanpassung',
    taxPercent: 19,
    articles: [
      { name: 'Monatslinsen, 6 Stück', cents: 3_495 },
      { name: 'Pflegemittel 360 ml', cents: 1_295 },
    ],
  },
  REFRACTION: {
    title: 'Augenglasbestimmung',
    taxPercent: 19,
    articles: [{ name: 'Augenglasbestimmung', cents: 3_900 }],
  },
  OTHER: {
    title: 'Beratung Zubehör',
    taxPercent: 19,
    articles: [
      { name: 'TV-Anbindung', cents: 19_900, hasSerialNumber: true },
      { name: 'Wecker mit Vibration', cents: 6_990 },
    ],
  },
};

export const PIECES_WITH_SERIAL_NUMBER: readonly Article[] = Object.values(RANGE)
  .flatMap(({ articles }) => articles)
  .filter(({ hasSerialNumber }) => hasSerialNumber);
