import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { changeLanguage, readLanguage, useLanguage } from '../kit/language';
import '../styles/tokens.css';
import '../styles/base.css';
import { queryClient } from './queries';
import { router } from './router';
import { applyTheme, readTheme } from '../kit/theme';

function App() {
  const language = useLanguage();
  return (
    <I18nProvider locale={language === 'zh' ? 'zh-CN' : 'en-US'}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </I18nProvider>
  );
}

applyTheme(readTheme());
changeLanguage(readLanguage(location.pathname));
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
