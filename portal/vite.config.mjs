import { defineConfig } from 'vite';
import { recordFields } from './record-fields.mjs';

/** `npm run portal` serves it while it is worked on, beside an API on port 3000; the build goes where the product serves it from. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [recordFields()],
  build: {
    outDir: '../dist/portal',
    emptyOutDir: true,
    target: 'es2023',
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // "use client" is for renderers on a server, which there is none of
      onLog: (level, log, handle) => log.code === 'MODULE_LEVEL_DIRECTIVE' || handle(level, log),
    },
  },
  server: { proxy: { '/api': 'http://localhost:3000' } },
});
