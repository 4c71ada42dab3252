import { address, type Statistics } from './api';

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** How much there is. */
export function Counters({ statistics }: { statistics: Statistics | undefined }) {
  const counts: [string, number | undefined, string][] = [
    ['Patients', statistics?.CountPatients, 'patients'],
    ['Studies', statistics?.CountStudies, 'studies'],
    ['Series', statistics?.CountSeries, 'series'],
    ['Instances', statistics?.CountInstances, 'instances'],
  ];
  return (
    <section aria-label="What is stored">
      <ul class="counters">
        {counts.map(([name, count, path]) => (
          <li key={path}>
            <a href={address(path)}>
              <span class="count">{count === undefined ? '–' : count.toLocaleString('en')}</span>
              <span class="name">{name}</span>
            </a>
          </li>
        ))}
        <li>
          <div>
            <span class="count">{statistics ? size(Number(statistics.TotalDiskSize)) : '–'}</span>
            <span class="name">On disk</span>
          </div>
        </li>
      </ul>
    </section>
  );
}

function size(bytes: number): string {
  let unit = 0;
  let amount = bytes;
  while (amount >= 1000 && unit < UNITS.length - 1) {
    amount /= 1000;
    unit++;
  }
  const digits = unit === 0 || amount >= 100 ? 0 : 1;
  return `${amount.toFixed(digits)} ${UNITS[unit] ?? ''}`;
}
