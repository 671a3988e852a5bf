import { STATEMENTS } from '../../portal/src/pages/data-map/statements.de';
import type { DataMapResponse } from '../../src/modules/data-map/queries/get-data-map/get-data-map.response';
import type { RecordOfProcessingResponse } from '../../src/modules/data-map/queries/get-record-of-processing/get-record-of-processing.response';
import { TestApp } from '../support/test-app';

describe('the German data map of the portal', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  it('translates every statement, and no others', async () => {
    const compliance = await app.as('compliance');
    const map: DataMapResponse = (await compliance.get('/api/v1/data-map').expect(200)).body;
    const record: RecordOfProcessingResponse = (await compliance.get('/api/v1/records-of-processing').expect(200)).body;
    const made = new Set([
      ...[...map.items, ...map.tables].map(({ reason }) => reason).filter((reason) => reason !== null),
      ...record.items.flatMap(({ purposes, dataSubjects, dataCategories, otherTables, recipients }) => [
        ...[...purposes, ...dataSubjects, ...recipients],
        ...dataCategories.flatMap(({ kept }) => kept.map(({ ground }) => ground)),
        ...otherTables.map(({ holds }) => holds),
      ]),
      ...record.securityMeasures,
      ...record.leftToTheController,
    ]);
    expect([...made].filter((statement) => !(statement in STATEMENTS))).toEqual([]);
    expect(Object.keys(STATEMENTS).filter((statement) => !made.has(statement))).toEqual([]);
  });
});
