CREATE UNIQUE INDEX CONCURRENTLY ON bookings (clinic_id, external_id);
ALTER TABLE staff DROP COLUMN calendar_url;
