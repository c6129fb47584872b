"""The receivers of webhooks: servers of other people, to which something is sent."""
