package dev.roster.server.contract;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

/** Shows which rules the contracts have, and which tests proved them. */
@Path("/roster")
public class CoverageResource {

  private static final String HTML = "text/html;charset=utf-8";

  /** With the character set that is written anyway, so that HEAD tells it too. */
  private static final String JSON = "application/json;charset=UTF-8";

  private final CoverageReports reports;

  @Inject
  CoverageResource(CoverageReports reports) {
    this.reports = reports;
  }

  /** The report as a page. */
  @GET
  @Path("coverage")
  @Produces(HTML)
  public Response page(@Context Request request) {
    CoverageReport report = reports.current();
    return answer(request, report.page())
        .header("Content-Security-Policy", report.contentSecurityPolicy())
        .header("Referrer-Policy", "no-referrer")
        .build();
  }

  /** The same as data. */
  @GET
  @Path("coverage.json")
  @Produces(JSON)
  public Response data(@Context Request request) {
    return answer(request, reports.current().data()).build();
  }

  /** Browsers ask each time, because a server that is built anew has another report. */
  private static Response.ResponseBuilder answer(Request request, byte[] content) {
    EntityTag tag = new EntityTag(CoverageReport.tag(content));
    Response.ResponseBuilder known = request.evaluatePreconditions(tag);
    return (known == null ? Response.ok(content) : known)
        .tag(tag)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .header("X-Content-Type-Options", "nosniff");
  }
}
