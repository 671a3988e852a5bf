import './words';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import { answered, api } from '../../api/client';
import { useEmployee } from '../../session/session';
import { CursorTable } from '../../ui/cursor-table';
import { useCustomerColumns } from '../../ui/customer-columns';
import { Facts } from '../../ui/facts';
import { Page } from '../../ui/page';
import { Queried } from '../../ui/queried';
import { savedSelection } from '../../ui/saved-selection';
import { useFormats } from '../../words/formats';
import { useWords } from '../../words/words';

const MEMBERS_PER_PAGE = 100;

/** The customers of a selection, and the actions on them. */
export function SelectionPage() {
  const { selectionId = '' } = useParams();
  const { t } = useWords('selections');
  const { count, time } = useFormats();
  const navigate = useNavigate();
  const columns = useCustomerColumns();
  const selection = useQuery(savedSelection(selectionId));
  return (
    <Page title={t('one.title')} actions={<Actions selectionId={selectionId} />}>
      <Queried query={selection}>
        {({ name, memberCount, createdAt }) => (
          <>
            <Facts
              facts={[
                [t('name'), name],
                [t('members'), count(memberCount)],
                [t('createdAt'), time(createdAt)],
              ]}
            />
            <CursorTable
              label={t('one.list')}
              queryKey={['selections', 'members', selectionId]}
              readPage={(cursor) =>
                answered(
                  api.GET('/api/v1/selections/{id}/members', {
                    params: {
                      path: { id: selectionId },
                      query: { limit: MEMBERS_PER_PAGE, ...(cursor === null ? {} : { cursor }) },
                    },
                  }),
                )
              }
              columns={columns}
              rowId={({ id }) => id}
              onOpen={({ id }) => void navigate(`/customers/${id}`)}
              total={memberCount}
              empty={t('one.empty')}
            />
          </>
        )}
      </Queried>
    </Page>
  );
}

function Actions({ selectionId }: { readonly selectionId: string }) {
  const { t } = useWords('selections');
  const { role } = useEmployee();
  return (
    <>
      <Button component={Link} to="/selections" variant="subtle">
        {t('one.all')}
      </Button>
      <Button component={Link} to={`/selections/${selectionId}/letters`} variant="default">
        {t('one.letters')}
      </Button>
      {role === 'ADMINISTRATOR' && (
        <Button component={Link} to={`/anonymize?selection=${selectionId}`} color="red" variant="outline">
          {t('one.anonymize')}
        </Button>
      )}
    </>
  );
}
