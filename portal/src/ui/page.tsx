import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTitle } from './use-title';

interface Props {
  /** also the title of the window, so it must not contain a value of a customer */
  readonly title: string;
  readonly lead?: string;
  /** buttons to the right of the title */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, lead, actions, children }: Props) {
  useTitle(title);
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={1} size="h2">
            {title}
          </Title>
          {lead !== undefined && <Text c="dimmed">{lead}</Text>}
        </div>
        {actions !== undefined && <Group className="no-print">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
