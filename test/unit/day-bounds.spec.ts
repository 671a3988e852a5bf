import { endOfDay, startOfDay } from '../../src/platform/clock/day-bounds';

describe('startOfDay', () => {
  it.each([
    ['2026-01-15', 'Europe/Berlin', '2026-01-14T23:00:00.000Z', 'winter time'],
    ['2026-07-15', 'Europe/Berlin', '2026-07-14T22:00:00.000Z', 'summer time'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z', 'the day that clocks go forward'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z', 'the day after'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z', 'the day that clocks go back'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z', 'a day that begins at one o’clock'],
    ['2018-02-18', 'America/Sao_Paulo', '2018-02-18T03:00:00.000Z', 'the day after one that ends an hour later'],
    ['2020-11-01', 'America/Havana', '2020-11-01T04:00:00.000Z', 'a day with two midnights begins at the first'],
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z', 'a day that the zone skipped'],
    ['0001-01-01', 'UTC', '0001-01-01T00:00:00.000Z', 'the first day that a request may name'],
    ['9999-12-31', 'Europe/Berlin', '9999-12-30T23:00:00.000Z', 'the last one'],
  ])('%s in %s is %s: %s', (date, timeZone, instant) => {
    expect(startOfDay(date, timeZone).toISOString()).toBe(instant);
  });
});

describe('endOfDay', () => {
  it.each([
    ['2026-01-15', 'Europe/Berlin', '2026-01-15T22:59:59.999Z', 'winter time'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-29T21:59:59.999Z', 'the day that clocks go forward'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-25T22:59:59.999Z', 'the day that clocks go back'],
    ['9999-12-31', 'Europe/Berlin', '9999-12-31T22:59:59.999Z', 'the last day that a request may name'],
  ])('%s in %s is %s: %s', (date, timeZone, instant) => {
    expect(endOfDay(date, timeZone).toISOString()).toBe(instant);
  });
});
