import { ANONYMIZE_OPTIONS, readAnonymizeOptions } from '../../src/cli/anonymize-options';
import { command } from '../../src/cli/commands/anonymize.command';
import { readParameters, WrongUsage } from '../../src/cli/define-command';

const RUN = '01a2098e-a874-7000-8000-000000000001';

describe('the options of npm run anonymize', () => {
  const read = (line: string) => readAnonymizeOptions(readParameters(ANONYMIZE_OPTIONS, line.split(' ')).values);

  it('name the customers, the reason and the employee', () => {
    expect(read('--selection Alt --as admin --reason ERASURE_REQUEST --reference T-1 --confirm 18')).toEqual({
      subject: { selection: 'Alt' },
      username: 'admin',
      passwordFile: null,
      justification: { reason: 'ERASURE_REQUEST', reference: 'T-1' },
      confirmation: 18,
    });
    expect(read('--selection-id 7 --as admin --dry-run --password-file p')).toEqual({
      subject: { selectionId: '7' },
      username: 'admin',
      passwordFile: 'p',
      justification: null,
      confirmation: null,
    });
    expect(read(`--run ${RUN} --as admin --reason OTHER`)).toMatchObject({
      subject: { runId: RUN },
      justification: { reason: 'OTHER', reference: null },
    });
  });

  it.each([
    '--selection Alt --reason OTHER',
    '--selection Alt --as admin',
    '--selection Alt --as admin --reason SPITE',
    '--selection Alt --as admin --reason OTHER --reference Erika',
    '--selection Alt --as admin --reason OTHER --confirm many',
    '--selection Alt --as admin --reason OTHER --password secret',
    '--as admin --reason OTHER',
    `--selection Alt --run ${RUN} --as admin --reason OTHER`,
    '--selection-id Alt --as admin --reason OTHER',
    '--run 7 --as admin --reason OTHER',
    'Alt --as admin --reason OTHER',
  ])('%s is wrong usage', async (line) => {
    await expect(command.run(line.split(' '))).rejects.toThrow(WrongUsage);
  });
});
