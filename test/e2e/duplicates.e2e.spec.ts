import { TestApp } from '../support/test-app';

describe('duplicates', () => {
  let app: TestApp;
  let branchCode: string;
  beforeAll(async () => {
    app = await TestApp.start();
    await app.records.insert('branch', { code: (branchCode = 'B-Doppelt') });
  });
  afterAll(() => app.stop());

  const add = async (customerNumber: string, person: object) =>
    (
      await (
        await app.as('employee')
      )
        .post('/api/v1/customers')
        .send({ customerNumber, branchCode, status: 'ACTIVE', ...person })
        .expect(201)
    ).body;
  const numbersOf = (summaries: { customerNumber: string }[]) => summaries.map(({ customerNumber }) => customerNumber);

  it('are reported when a customer is added, however the name is spelled', async () => {
    const first = await add('D-1', { firstName: 'Jürgen', lastName: 'Groß', birthDate: '1950-03-05' });
    expect(first.possibleDuplicates).toEqual([]);
    expect(
      numbersOf(
        (await add('D-2', { firstName: 'JUERGEN', lastName: 'Gross', birthDate: '1950-03-05' })).possibleDuplicates,
      ),
    ).toEqual(['D-1']);
    expect(numbersOf((await add('D-3', { firstName: 'Jürgen', lastName: 'Gross' })).possibleDuplicates)).toEqual([
      'D-1',
      'D-2',
    ]);
    expect(
      (await add('D-4', { firstName: 'Jürgen', lastName: 'Groß', birthDate: '1971-01-01' })).possibleDuplicates.length,
    ).toBe(1); // D-3 has no birth date
    expect(
      (await add('D-5', { firstName: 'Jens', lastName: 'Groß', birthDate: '1950-03-05' })).possibleDuplicates,
    ).toEqual([]);
  });

  it('can be searched for beforehand', async () => {
    const employee = await app.as('employee');
    const { body } = await employee
      .post('/api/v1/customers/duplicates')
      .send({ firstName: 'Jurgen', lastName: 'Groß', birthDate: '1950-03-05' })
      .expect(200);
    expect(numbersOf(body.items)).toEqual(['D-1', 'D-2', 'D-3']);
    expect(
      (await employee.post('/api/v1/customers/duplicates').send({ firstName: 'Jürgen' }).expect(400)).body.code,
    ).toBe('VALIDATION_FAILED');
  });

  it('are found when the name is written together or apart', async () => {
    await add('D-10', { firstName: 'Todd', lastName: "O'Bryan" });
    await add('D-11', { firstName: 'Ian', lastName: 'McGregorius' });
    await add('D-12', { firstName: '太郎', lastName: '山田' });
    const duplicatesOf = async (person: object) => {
      const { body } = await (await app.as('employee')).post('/api/v1/customers/duplicates').send(person).expect(200);
      return numbersOf((body as { items: { customerNumber: string }[] }).items);
    };
    expect(await duplicatesOf({ firstName: 'Todd', lastName: 'OBryan' })).toEqual(['D-10']);
    expect(await duplicatesOf({ firstName: 'TODD', lastName: 'O Bryan' })).toEqual(['D-10']);
    expect(await duplicatesOf({ firstName: 'Ian', lastName: 'Mc Gregorius' })).toEqual(['D-11']);
    expect(await duplicatesOf({ lastName: '山田太郎' })).toEqual(['D-12']);
    expect(await duplicatesOf({ lastName: 'OBryan' })).toEqual([]);
    expect(await duplicatesOf({ firstName: 'Tod', lastName: 'OBryan' })).toEqual([]);
    await add('D-13', { companyName: 'Hörakustik Süd GmbH' });
    expect(await duplicatesOf({ companyName: 'HOERAKUSTIK SÜD GMBH' })).toEqual(['D-13']);
  });

  it('never include anonymized customers', async () => {
    const { id } = await add('D-6', { firstName: 'Ottilie', lastName: 'Vergissmein', birthDate: '1940-01-01' });
    await (
      await app.as('admin')
    )
      .post(`/api/v1/customers/${id}/anonymization`)
      .send({ confirmation: 'D-6', reason: 'ERASURE_REQUEST' })
      .expect(200);
    expect(
      (await add('D-7', { firstName: 'Ottilie', lastName: 'Vergissmein', birthDate: '1940-01-01' })).possibleDuplicates,
    ).toEqual([]);
  });
});
