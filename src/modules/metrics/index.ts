export { renderMetrics } from './metrics.document';
export { MetricsModule } from './metrics.module';
export { Scrape } from './scrape';
