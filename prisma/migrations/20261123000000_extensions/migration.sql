-- Similarity of names, and search without accents. Both are trusted extensions:
-- a role that may create in the database may create them.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
