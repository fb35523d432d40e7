"""The answer widgets: one for each answer form."""
