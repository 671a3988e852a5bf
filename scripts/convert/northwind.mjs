// Converts the public Northwind data (github.com/neo4j-contrib/northwind-neo4j) into an import folder. An order that
// was never shipped is an unpaid invoice; all others are paid two weeks later.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { euros, foldersOf, paidOn, shiftOf, writeImportFolder } from './import-folder.mjs';

const [source, folder] = foldersOf('northwind', 'a checkout of neo4j-contrib/northwind-neo4j');

/** The rows of a file. Its cells are not quoted: extra commas belong to the street, in the column `address`. */
function read(name, address) {
  const [header, ...rows] = parse(readFileSync(join(source, 'data', `${name}.csv`)), {
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
  });
  return rows.map((cells) => {
    const at = header.indexOf(address);
    const surplus = cells.length - header.length;
    const street = cells.slice(at, at + surplus + 1).join(',');
    const whole = surplus > 0 ? [...cells.slice(0, at), street, ...cells.slice(at + surplus + 1)] : cells;
    return Object.fromEntries(
      header.map((column, index) => [column, whole[index] === 'NULL' ? '' : whole[index].trim()]),
    );
  });
}

const customers = read('customers', 'address');
const orders = read('orders', 'shipAddress');
const lines = new Map(orders.map(({ orderID }) => [orderID, []]));
for (const line of read('order-details')) lines.get(line.orderID).push(line);
const products = new Map(read('products').map(({ productID, productName }) => [productID, productName]));
const shift = shiftOf(orders.map(({ orderDate }) => orderDate));

const lineRows = orders.flatMap(({ orderID, freight }) => [
  ...lines.get(orderID).map(({ productID, unitPrice, quantity, discount }, index) => ({
    invoice_number: `NW-${orderID}`,
    position: index + 1,
    article: products.get(productID),
    quantity,
    amount: euros(Math.round(unitPrice * quantity * (1 - discount) * 100)),
  })),
  {
    invoice_number: `NW-${orderID}`,
    position: lines.get(orderID).length + 1,
    article: 'Freight',
    quantity: 1,
    amount: euros(Math.round(freight * 100)),
  },
]);
const sums = new Map();
for (const { invoice_number, amount } of lineRows)
  sums.set(invoice_number, (sums.get(invoice_number) ?? 0) + Math.round(amount * 100));

writeImportFolder(folder, {
  customers: customers.map(({ customerID, companyName, contactName, phone, fax }) => ({
    customer_number: customerID,
    status: 'ACTIVE',
    first_name: contactName.split(' ')[0],
    last_name: contactName.split(' ').slice(1).join(' '),
    company_name: companyName,
    phone,
    mobile: fax,
  })),
  addresses: customers.map(({ customerID, address, postalCode, city, country }) => ({
    customer_number: customerID,
    type: 'RESIDENTIAL',
    street: address,
    postal_code: postalCode,
    city,
    country,
  })),
  invoices: orders.map((order) => ({
    number: `NW-${order.orderID}`,
    customer_number: order.customerID,
    kind: 'INVOICE',
    status: 'ISSUED',
    issued_on: shift(order.orderDate),
    net: euros(sums.get(`NW-${order.orderID}`)),
    tax: '0.00',
    gross: euros(sums.get(`NW-${order.orderID}`)),
    recipient_name: order.shipName,
    recipient_address: [order.shipAddress, order.shipPostalCode, order.shipCity, order.shipCountry].join(', '),
  })),
  invoice_lines: lineRows,
  payments: orders
    .filter(({ shippedDate }) => shippedDate !== '')
    .map(({ orderID, orderDate, shipName }) => ({
      invoice_number: `NW-${orderID}`,
      kind: 'PAYMENT',
      paid_on: paidOn(shift(orderDate)),
      amount: euros(sums.get(`NW-${orderID}`)),
      method: 'TRANSFER',
      payer_name: shipName,
    })),
  selections: customers.map(({ customerID }) => ({ name: 'Alle Kunden', customer_number: customerID })),
});
