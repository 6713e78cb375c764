"""The commands for people and for cron: `scrapy NAME`, one file each (COMMANDS_MODULE)."""
