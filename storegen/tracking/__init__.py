"""What a shop follows beyond its pages: visits, campaigns, parcels."""
