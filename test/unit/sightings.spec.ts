import { sightingsOf } from '../support/sightings';

describe('sightings', () => {
  const text = 'Müßigmann Qüx';

  it.each([
    ['raw', text],
    ['raw', text.toUpperCase().replace('SS', 'ß')],
    ['URL', encodeURIComponent(text)],
    ['JSON', JSON.stringify({ text: 'Quote "x"' })],
    ['hex', Buffer.from(`before ${text}`).toString('hex')],
    ['UTF-16', Buffer.from(`before ${text}`, 'utf16le').toString('latin1')],
    ['base64', Buffer.from(text).toString('base64')],
    ['base64', Buffer.from(`1${text} and more`).toString('base64')],
    ['base64', Buffer.from(`12${text}`).toString('base64')],
    ['base64', Buffer.from(text.toLowerCase()).toString('base64')],
  ])('sees a text as %s', (form, sink) => {
    const seen = sightingsOf(form === 'JSON' ? ['Quote "x"'] : [text], sink);
    expect(seen.some((sighting) => sighting.endsWith(form))).toBe(true);
  });

  it('sees nothing where nothing is', () => {
    expect(sightingsOf([text], `Muessigmann ${Buffer.from('somebody else').toString('base64')}`)).toEqual([]);
  });
});
