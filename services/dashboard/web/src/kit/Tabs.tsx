import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';
import styles from './components.module.css';

export interface TabItem {
  key: string;
  title: ReactNode;
  content: () => ReactNode;
}

/** Views of one thing; the selected one belongs in the address, so the page keeps it. */
export function Tabs({
  label,
  items,
  selected,
  onSelect,
}: {
  label: string;
  items: TabItem[];
  selected: string;
  onSelect: (key: string) => void;
}) {
  return (
    <AriaTabs selectedKey={selected} onSelectionChange={(key) => onSelect(String(key))}>
      <TabList aria-label={label} className={styles.tabList!}>
        {items.map((item) => (
          <Tab key={item.key} id={item.key} className={styles.tab!}>
            {item.title}
          </Tab>
        ))}
      </TabList>
      {items.map((item) => (
        <TabPanel key={item.key} id={item.key}>
          {item.content()}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
