package dev.ocnix.maven;

/** A {@code <registry>} in the configuration: the registry of one scope, or of a host that wants credentials. */
public class Registry {
    private String scope = "";
    private String url = "";
    private String serverId = "";

    /** The npm scope with its {@code @}; empty if the entry only says which credentials its host wants. */
    public String getScope() {
        return scope;
    }

    public void setScope(String scope) {
        this.scope = scope;
    }

    /** The registry's base URL. */
    public String getUrl() {
        return url;
    }

    public void setUrl(String url) {
        this.url = url;
    }

    /** The {@code <server>} of settings.xml that holds the credentials; empty to look it up by host and port. */
    public String getServerId() {
        return serverId;
    }

    public void setServerId(String serverId) {
        this.serverId = serverId;
    }
}
