// Converts the public Sakila data (github.com/jOOQ/sakila) into an import folder: one paid invoice per customer and
// month of rentals, one line per film. A film that was never returned is a device loan.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { euros, foldersOf, shiftOf, writeImportFolder } from './import-folder.mjs';

const [source, folder] = foldersOf('sakila', 'a checkout of jOOQ/sakila');
const dump = readFileSync(join(source, 'postgres-sakila-db', 'postgres-sakila-insert-data-using-copy.sql'), 'utf8');

/** The rows of a COPY block of the dump. */
function read(table) {
  const [, columns, rows] = new RegExp(`^COPY public\\.${table} \\((.*?)\\) FROM stdin;\n(.*?)^\\\\\\.$`, 'ms').exec(
    dump,
  );
  const names = columns.split(', ');
  return rows
    .split('\n')
    .filter((row) => row !== '')
    .map((row) =>
      Object.fromEntries(row.split('\t').map((value, index) => [names[index], value === '\\N' ? '' : value])),
    );
}

const byId = (table) => new Map(read(table).map((row) => [row[`${table}_id`], row]));
const [countries, cities, addresses, films, inventory, rentals] = [
  'country',
  'city',
  'address',
  'film',
  'inventory',
  'rental',
].map(byId);
const customers = read('customer');
const payments = read('payment');
const capitalized = (name) => name.toLowerCase().replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase());
const nameOf = ({ first_name, last_name }) => `${capitalized(first_name)} ${capitalized(last_name)}`;
const customerNumber = ({ customer_id }) => `SK-${customer_id.padStart(4, '0')}`;
const placeOf = ({ address_id }) => {
  const address = addresses.get(address_id);
  const city = cities.get(address.city_id);
  return { ...address, city: city.city, country: countries.get(city.country_id).country };
};
const titleOf = (inventoryId) => films.get(inventory.get(inventoryId).film_id).title;

const invoices = new Map();
for (const payment of payments.filter(({ amount }) => Number(amount) > 0)) {
  const month = payment.payment_date.slice(0, 7);
  const number = `SK-${payment.customer_id.padStart(4, '0')}-${month.replace('-', '')}`;
  const invoice = invoices.get(number) ?? { number, month, customerId: payment.customer_id, lines: [], cents: 0 };
  invoice.cents += Math.round(payment.amount * 100);
  invoice.lines.push({ title: titleOf(rentals.get(payment.rental_id).inventory_id), amount: payment.amount });
  invoices.set(number, invoice);
}
const shift = shiftOf([...invoices.values()].map(({ month }) => month));
const people = new Map(customers.map((customer) => [customer.customer_id, customer]));
const open = [...rentals.values()].filter(({ return_date }) => return_date === '');

writeImportFolder(folder, {
  customers: customers.map((customer) => ({
    customer_number: customerNumber(customer),
    status: 'ACTIVE',
    first_name: capitalized(customer.first_name),
    last_name: capitalized(customer.last_name),
    email: customer.email,
    phone: placeOf(customer).phone.trim(),
  })),
  addresses: customers.map((customer) => {
    const { address, postal_code, city, country } = placeOf(customer);
    return {
      customer_number: customerNumber(customer),
      type: 'RESIDENTIAL',
      street: address,
      postal_code,
      city,
      country,
    };
  }),
  invoices: [...invoices.values()].map(({ number, month, customerId, cents }) => {
    const customer = people.get(customerId);
    const { address, postal_code, city, country } = placeOf(customer);
    return {
      number,
      customer_number: customerNumber(customer),
      kind: 'INVOICE',
      status: 'ISSUED',
      issued_on: shift(`${month}-28`),
      net: euros(cents),
      tax: '0.00',
      gross: euros(cents),
      recipient_name: nameOf(customer),
      recipient_address: [address, postal_code, city, country].join(', '),
    };
  }),
  invoice_lines: [...invoices.values()].flatMap(({ number, lines }) =>
    lines.map(({ title, amount }, index) => ({ invoice_number: number, position: index + 1, article: title, amount })),
  ),
  payments: [...invoices.values()].map(({ number, month, customerId, cents }) => ({
    invoice_number: number,
    kind: 'PAYMENT',
    paid_on: shift(`${month}-28`),
    amount: euros(cents),
    method: 'CARD',
    payer_name: nameOf(people.get(customerId)),
  })),
  stock_items: open.map(({ inventory_id }) => ({
    serial_number: `SK-${inventory_id}`,
    article: titleOf(inventory_id),
    owner: 'SHOP',
    status: 'AT_CUSTOMER',
  })),
  device_loans: open.map(({ inventory_id, customer_id, rental_date }) => ({
    customer_number: customerNumber({ customer_id }),
    serial_number: `SK-${inventory_id}`,
    kind: 'LOANER',
    issued_on: shift(rental_date),
  })),
  selections: customers.map((customer) => ({ name: 'Alle Kunden', customer_number: customerNumber(customer) })),
});
