export { HealthModule } from './health.module';
export { renderHealth } from './health.document';
