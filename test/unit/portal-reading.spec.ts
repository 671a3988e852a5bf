import fc from 'fast-check';
import {
  readDate,
  readMoney,
  readNumber,
  readTime,
  writeDate,
  writeMoney,
  writeNumber,
  writeTime,
} from '../../portal/src/words/reading';

const LANGUAGES = ['de', 'en'] as const;

describe('typed input', () => {
  describe('money in German', () => {
    it.each([
      ['1.234,50', 123450],
      ['1.234,50 €', 123450],
      ['1.234,50\u00a0€', 123450],
      ['€ 1.234,50', 123450],
      ['1234,50', 123450],
      ['1234,5', 123450],
      ['1.234', 123400],
      ['1.234.567,89', 123456789],
      ['1 234,50', 123450],
      ['12,5', 1250],
      ['0', 0],
      ['-3,00', -300],
      ['−3,00 EUR', -300],
    ])('%s is accepted', (typed, cents) => {
      expect(readMoney(typed, 'de')).toBe(cents);
    });

    it.each([
      '1.23',
      '12.50',
      '1234.50',
      '1,234.50',
      '1.2345,00',
      '12.34.567',
      '1,234',
      '1,2,3',
      'zwölf',
      '',
      '€',
      '1,',
      ',5',
      '.500',
    ])('%s is refused', (typed) => {
      expect(readMoney(typed, 'de')).toBeNull();
    });
  });

  describe('money in English', () => {
    it.each([
      ['1,234.50', 123450],
      ['€1,234.50', 123450],
      ['1234.5', 123450],
      ['1,234', 123400],
      ['12.50', 1250],
    ])('%s is accepted', (typed, cents) => {
      expect(readMoney(typed, 'en')).toBe(cents);
    });

    it.each(['1.234,50', '1,23', '12,50', '1.234', '1.234.567'])('%s is refused', (typed) => {
      expect(readMoney(typed, 'en')).toBeNull();
    });
  });

  it.each(LANGUAGES)('any amount is read as it is shown (%s)', (language) => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000_00, max: 1_000_000_000_00 }), (cents) => {
        expect(readMoney(writeMoney(cents, language), language)).toBe(cents);
      }),
    );
  });

  it.each(LANGUAGES)('any number is read as it is shown (%s)', (language) => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (millionths) => {
        expect(readNumber(writeNumber(millionths / 1e6, language, 6), language, 6)).toBeCloseTo(millionths / 1e6, 6);
      }),
    );
  });

  it.each([
    ['12.04.1953', 'de', '1953-04-12'],
    ['1.4.1953', 'de', '1953-04-01'],
    ['12. 4. 1953', 'de', '1953-04-12'],
    ['1953-04-12', 'de', '1953-04-12'],
    ['12. April 1953', 'de', '1953-04-12'],
    ['12 Apr 1953', 'en', '1953-04-12'],
    ['12 April 1953', 'en', '1953-04-12'],
    ['12/04/1953', 'en', '1953-04-12'],
    ['12.04.1953', 'en', '1953-04-12'],
    [' 1953-04-12 ', 'en', '1953-04-12'],
    ['29.02.2024', 'de', '2024-02-29'],
  ] as const)('%s (%s) is the date %s', (typed, language, date) => {
    expect(readDate(typed, language)).toBe(date);
  });

  it.each([
    ['12.04.53', 'de'],
    ['12/04/1953', 'de'],
    ['04/13/1953', 'en'],
    ['31.02.2024', 'de'],
    ['29.02.2023', 'de'],
    ['12.13.2024', 'de'],
    ['0.1.2024', 'de'],
    ['12. Foo 1953', 'de'],
    ['12.04/1953', 'en'],
    ['', 'de'],
    ['12.04.1953 10:00', 'de'],
  ] as const)('%s (%s) is no date', (typed, language) => {
    expect(readDate(typed, language)).toBeNull();
  });

  it.each(LANGUAGES)('any date and time is read as it is shown (%s)', (language) => {
    const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (moment) => {
        const time = moment.toISOString().slice(0, 16);
        expect(readDate(writeDate(time.slice(0, 10), language), language)).toBe(time.slice(0, 10));
        expect(readTime(writeTime(time, language), language)).toBe(time);
        expect(readTime(time, language)).toBe(time);
      }),
    );
  });

  it.each([
    ['12.04.2026, 14:30', '2026-04-12T14:30'],
    ['12.04.2026 9:05:59', '2026-04-12T09:05'],
    ['12.04.2026', null],
    ['12.04.2026 24:00', null],
    ['12.04.2026 14:60', null],
  ])('%s is the time %s', (typed, time) => {
    expect(readTime(typed, 'de')).toBe(time);
  });
});
