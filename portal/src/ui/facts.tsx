import { SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './facts.module.css';

/** A name and its content; null is not shown. */
export type Fact = readonly [name: string, content: ReactNode] | null;

export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <SimpleGrid component="dl" cols={{ base: 1, xs: 2, md: 4 }} spacing="sm" className={classes.facts}>
      {facts
        .filter((fact) => fact !== null)
        .map(([name, content]) => (
          <div key={name}>
            <Text component="dt" size="sm" c="dimmed">
              {name}
            </Text>
            <Text component="dd" className={classes.content}>
              {content}
            </Text>
          </div>
        ))}
    </SimpleGrid>
  );
}
