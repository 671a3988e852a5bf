import { BarChart } from '@mantine/charts';
import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './figures.module.css';

interface FiguresProps {
  readonly bars: readonly { readonly name: string; readonly value: number }[];
  /** the series name of the bars */
  readonly series: string;
  readonly format: (value: number) => string;
  /** accessible name of the table */
  readonly label: string;
  /** head, body and foot of the table with the same figures */
  readonly children: ReactNode;
}

/** A chart with the same figures as a table next to it, for screen readers. */
export function Figures({ bars, series, format, label, children }: FiguresProps) {
  return (
    <div className={classes.both}>
      <div aria-hidden="true">
        <BarChart
          h={320}
          data={[...bars]}
          dataKey="name"
          series={[{ name: 'value', label: series, color: 'cyan.6' }]}
          valueFormatter={format}
          yAxisProps={{ width: 96 }}
          maxBarWidth={48}
          barProps={{ isAnimationActive: false }}
          barChartProps={{ accessibilityLayer: false }}
        />
      </div>
      <div className={classes.scrolled} role="group" aria-label={label} tabIndex={0}>
        <Table aria-label={label} className={classes.figures} stickyHeader>
          {children}
        </Table>
      </div>
    </div>
  );
}
