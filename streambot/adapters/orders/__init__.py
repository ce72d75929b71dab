"""Order sources: adapters behind ``ports.orders``, so that shops keep their orders where they are."""
