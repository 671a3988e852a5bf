export { generateDemo, type DemoOptions, type DemoSummary } from './demo-generator';
