export { AnonymizationModule } from './anonymization.module';
